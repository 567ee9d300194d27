import type { Appointment } from '@/shared/api/types'
import { shortName } from '@/shared/format/names'
import { doctorBadge } from '@/shared/format/persons'
import { words } from '@/shared/text'
import { clockText, type Zone } from '@/shared/time'

export type Look = 'booked' | 'held' | 'done' | 'missed'

export function lookOf({ status }: Appointment): Look {
  if (status === 'pending') return 'held'
  if (status === 'fulfilled') return 'done'
  return status === 'noshow' ? 'missed' : 'booked'
}

/** As much of a name as a narrow column has room for. */
export function nameOf(visit: Appointment): string {
  return visit.status === 'pending' ? words.calendar.held : shortName(visit.patient.name)
}

/** The whole of what a block shows by its place and colour, in words. */
export function spokenOf(visit: Appointment, zone: Zone): string {
  const span = words.calendar.span(clockText(visit.starts_at, zone), clockText(visit.ends_at, zone))
  return visit.status === 'pending' ? `${words.calendar.held}, ${span}` : `${visit.patient.name}, ${span}, ${doctorBadge(visit).text}`
}
