/** A doctor's registration as it is typed, and as it is sent. */
import { minorDigits } from '@/shared/format/money'
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

/** “90”, “90.5” or “90,50” in minor units; null when it is no amount of this currency. Digits only, so no fraction is ever lost. */
export function minorUnits(typed: string, currency: string): number | null {
  const digits = minorDigits(currency)
  const match = /^(\d{1,7})(?:[.,](\d+))?$/.exec(typed.trim())
  if (!match) return null
  const [, whole = '', part = ''] = match
  return part.length > digits ? null : Number(`${whole}${part.padEnd(digits, '0')}`)
}

/** What is missing before it is worth asking the server, which decides on the rest. */
export function mistakesOf(form: RegistrationForm): Partial<Record<keyof RegistrationForm, string>> {
  const { fields, anyField } = words.problems
  const needed = ['name', 'email', 'password', 'phone', 'specialization', 'fee'] as const
  const missing = needed.filter((name) => form[name].trim() === '' || (name === 'fee' && !/^\d{1,7}([.,]\d+)?$/.test(form.fee.trim())))
  return Object.fromEntries(missing.map((name) => [name, fields[name] ?? anyField]))
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
    languages: languages
      .split(',')
      .map((language) => language.trim())
      .filter(Boolean),
  }
}
