/** What doctors call fields and languages, where it is called otherwise here. They write these themselves, in English. */
export const fields: Record<string, string> = {}
export const languages: Record<string, string> = {}
