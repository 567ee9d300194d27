/** Places whose name differs from the one in the list of time zones, by that one. */
export const names: Record<string, string> = {}
