/** Fields and languages as the reader calls them. Doctors write them in English; what has no other name here stays as it is. */
import { words } from '@/shared/text'

type Names = Record<string, string>

export const fieldName = (field: string) => words.terms.fields[field] ?? field

export const languageName = (language: string) => words.terms.languages[language] ?? language

export const languageList = (languages: readonly string[]) => languages.map(languageName).join(', ')

/** What to ask the server for, which knows a field by its own name alone: that of the one field whose name here begins with what was typed. */
export function asDoctorsSay(typed: string, names: Names = words.terms.fields): string {
  const wanted = typed.toLocaleLowerCase()
  if (wanted.length < LEAST) return typed
  const meant = Object.entries(names).filter(([, name]) => name.toLocaleLowerCase().split(/[^\p{L}]+/u).some((word) => word.startsWith(wanted)))
  const [only] = meant
  return only && meant.length === 1 ? only[0] : typed
}

const LEAST = 3
