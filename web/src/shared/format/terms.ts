/** Fields and languages as the reader calls them. Doctors write them in English; what has no other name here stays as it is. */
import { words } from '@/shared/text'

export const fieldName = (field: string) => words.terms.fields[field] ?? field

export const languageName = (language: string) => words.terms.languages[language] ?? language

export const languageList = (languages: readonly string[]) => languages.map(languageName).join(', ')
