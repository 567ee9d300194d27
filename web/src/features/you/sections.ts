import { IconCalendar, IconCash, IconDatabase, IconFlag, IconHeart, IconLock, IconMail, IconPalette, IconUser, IconUsers } from '@tabler/icons-react'
import type { Role } from '@/shared/api/types'
import { words } from '@/shared/text'

const { entries } = words.you
const PATIENT: readonly Role[] = ['patient']
const DOCTOR: readonly Role[] = ['doctor']
const BOTH: readonly Role[] = ['patient', 'doctor']
const STAFF: readonly Role[] = ['doctor', 'administrator']
const ALL: readonly Role[] = ['patient', 'doctor', 'administrator']

const all = [
  { to: '/you/details', ...entries.details, icon: IconUser, roles: PATIENT },
  { to: '/profile', ...entries.practice, icon: IconUser, roles: DOCTOR },
  { to: '/you/health', ...entries.health, icon: IconHeart, roles: PATIENT },
  { to: '/you/people', ...entries.people, icon: IconUsers, roles: PATIENT },
  { to: '/you/payments', ...entries.payments, icon: IconCash, roles: PATIENT },
  { to: '/you/messages', ...entries.messages, icon: IconMail, roles: ALL },
  { to: '/you/calendar', ...entries.calendar, icon: IconCalendar, roles: BOTH },
  { to: '/you/password', ...words.passwords.entry, icon: IconLock, roles: STAFF },
  { to: '/you/look', ...entries.look, icon: IconPalette, roles: ALL },
  { to: '/report', ...entries.report, icon: IconFlag, roles: BOTH },
  { to: '/you/data', ...entries.data, icon: IconDatabase, roles: BOTH },
] as const

/** The pages that this kind of person has. */
export function sectionsFor(role: Role) {
  return all.filter(({ roles }) => roles.includes(role))
}
