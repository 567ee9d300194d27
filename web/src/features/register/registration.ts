/** A doctor's registration as it is typed, and as it is sent. */
import { typedList } from '@/shared/format/list'
import { minorUnits } from '@/shared/format/money'
import { words } from '@/shared/text'

export interface RegistrationForm {
  name: string
  email: string
  password: string
  phone: string
  specialization: string
  fee: string
  time_zone: string
  languages: string
  qualifications: string
  about: string
}

export type Field = keyof RegistrationForm

export const EMPTY: RegistrationForm = {
  name: '',
  email: '',
  password: '',
  phone: '',
  specialization: '',
  fee: '',
  time_zone: '',
  languages: '',
  qualifications: '',
  about: '',
}

export const STEPS: readonly (readonly Field[])[] = [
  ['name', 'email', 'password', 'phone'],
  ['specialization', 'fee', 'languages', 'qualifications', 'about'],
  ['time_zone'],
]

/** What is missing before it is worth asking the server, which decides on the rest. */
export function mistakesOf(form: RegistrationForm, currency: string): Partial<Record<Field, string>> {
  const { fields, anyField } = words.problems
  const needed = ['name', 'email', 'password', 'phone', 'specialization', 'fee'] as const
  const missing = needed.filter((name) => form[name].trim() === '' || (name === 'fee' && minorUnits(form.fee, currency) === null))
  return Object.fromEntries(missing.map((name) => [name, fields[name] ?? anyField]))
}

/** The first of the steps, counted from 1, in which something is wrong; null if nothing is. */
export function stepOf(mistakes: Partial<Record<string, unknown>>): number | null {
  const index = STEPS.findIndex((names) => names.some((name) => mistakes[name] !== undefined))
  return index < 0 ? null : index + 1
}

export function registrationOf(form: RegistrationForm, currency: string) {
  const { fee, languages, ...rest } = form
  return {
    ...rest,
    email: form.email.trim(),
    name: form.name.trim(),
    phone: form.phone.trim(),
    specialization: form.specialization.trim(),
    // An impossible fee is the server's to refuse: it marks the field.
    fee: { amount: minorUnits(fee, currency) ?? -1, currency },
    languages: typedList(languages),
  }
}
