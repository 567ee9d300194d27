/** A doctor's profile as it is typed, and what of it changed. */
import type { ProfileChange } from '@/shared/api/practice'
import type { DoctorProfile } from '@/shared/api/types'
import { typedList } from '@/shared/format/list'
import { minorUnits, typedAmount } from '@/shared/format/money'

export interface ProfileForm {
  name: string
  specialization: string
  qualifications: string
  languages: string
  phone: string
  fee: string
  about: string
}

export function formOf(profile: DoctorProfile): ProfileForm {
  const { name, specialization, qualifications, phone, about } = profile
  return { name, specialization, qualifications, phone, about, languages: profile.languages.join(', '), fee: typedAmount(profile.fee) }
}

/** What to send: only what differs, so that two open pages do not undo each other. */
export function changesOf(form: ProfileForm, saved: DoctorProfile): ProfileChange {
  const change: ProfileChange = {}
  for (const name of ['name', 'specialization', 'qualifications', 'phone', 'about'] as const)
    if (form[name].trim() !== saved[name]) change[name] = form[name].trim()
  const languages = typedList(form.languages)
  if (languages.join() !== saved.languages.join()) change.languages = languages
  // An impossible fee is the server's to refuse: it marks the field.
  const amount = minorUnits(form.fee, saved.fee.currency) ?? -1
  if (amount !== saved.fee.amount) change.fee = { amount, currency: saved.fee.currency }
  return change
}
