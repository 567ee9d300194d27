/** A visit's people and state in the words that its doctor reads. */
import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { visitBadge, type BadgeOf } from './status'

/** For whom a visit is, where somebody else booked it: “child of Lena Koch”. */
export function relationOf({ booked_by: booker, relation }: Appointment['patient']): string | null {
  if (!booker) return null
  return relation ? words.visit.forWhom(words.visit.relation[relation], booker) : words.visit.bookedBy(booker)
}

/** How a visit stands, said to its doctor. */
export function doctorBadge(visit: Appointment): BadgeOf {
  const badge = visitBadge(visit)
  const { pending, cancelled } = words.visit.badge
  if (visit.status === 'pending') return { ...badge, text: pending }
  if (visit.status !== 'cancelled' || !visit.cancelled) return badge
  const by: Record<string, string> = cancelled
  return { ...badge, text: by[visit.cancelled.by] ?? cancelled.system }
}
