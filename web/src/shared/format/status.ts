/** Which badges an appointment bears. Three separate axes: the visit, its money, its video link. */
import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { formatMoney } from './money'

export type BadgeTone = 'grey' | 'brand' | 'amber' | 'green' | 'red' | 'blue'
export type BadgeIcon = 'check' | 'cross' | 'hourglass' | 'money' | 'video'

export interface BadgeOf {
  tone: BadgeTone
  icon: BadgeIcon
  text: string
}

type Told = Pick<Appointment, 'status' | 'payment' | 'meeting' | 'quote' | 'cancelled' | 'offer_expires_at'>

const { status: texts } = words.appointments

function cancelledBy(who: string): string {
  const known: Record<string, string> = texts.cancelledBy
  return known[who] ?? texts.cancelledBy.system
}

type Ended = Pick<Appointment, 'cancelled' | 'hold_kind' | 'accepted_at'>

/** Whether it was an offer that nobody had accepted when it ended. */
export function endedUnanswered({ cancelled, hold_kind, accepted_at }: Ended): boolean {
  return cancelled !== null && hold_kind !== 'patient' && accepted_at === null
}

/** Why an appointment is over, in a sentence; nothing of one that is not. */
export function endOf(appointment: Ended): string {
  const { cancelled } = appointment
  if (!cancelled) return ''
  const { by, kind } = cancelled
  const { cancelledBy: persons, endedAs } = words.appointments
  const { movedHere, over } = words.visits.offer
  if (endedUnanswered(appointment)) {
    if (kind === 'expired') return over.text
    // Nothing but moving a visit to it ends an offer from the waitlist like that.
    if (kind === 'replaced' && appointment.hold_kind === 'waitlist') return movedHere
  }
  const known: Record<string, string> = { ...persons, ...endedAs }
  return known[kind] ?? known[by] ?? persons.system
}

/** Whether it ended as a hold, before it was ever booked. */
export function endedUnbooked({ cancelled, receipt_number }: Pick<Appointment, 'cancelled' | 'receipt_number'>): boolean {
  return cancelled !== null && cancelled.kind !== 'cancelled' && receipt_number === null
}

export function visitBadge({ status, cancelled }: Told): BadgeOf {
  const text = texts.appointment[status]
  switch (status) {
    case 'pending':
      return { tone: 'amber', icon: 'hourglass', text }
    case 'booked':
      return { tone: 'brand', icon: 'check', text }
    case 'arrived':
      return { tone: 'blue', icon: 'check', text }
    case 'fulfilled':
      return { tone: 'green', icon: 'check', text }
    case 'noshow':
      return { tone: 'red', icon: 'cross', text }
    case 'cancelled':
      return { tone: 'grey', icon: 'cross', text: cancelled?.kind === 'expired' ? texts.expired : cancelled ? cancelledBy(cancelled.by) : text }
    case 'entered-in-error':
      return { tone: 'grey', icon: 'cross', text }
  }
}

export function paymentBadge({ status, payment, quote }: Told): BadgeOf | null {
  const total = formatMoney(quote.total)
  const back = formatMoney(payment.refunded)
  switch (payment.status) {
    case 'not_required':
      return null
    case 'open':
      // A hold that was let go was never going to be paid.
      return status === 'cancelled' ? null : { tone: 'amber', icon: 'hourglass', text: texts.payment.open }
    case 'authorized':
      return { tone: 'blue', icon: 'money', text: texts.payment.authorized }
    case 'captured':
      return { tone: 'green', icon: 'check', text: `${texts.payment.captured} ${total}` }
    case 'partially_refunded':
      return { tone: 'blue', icon: 'money', text: `${texts.payment.partially_refunded} ${back}` }
    case 'refunded':
      return { tone: 'blue', icon: 'money', text: `${texts.payment.refunded} ${back}` }
    case 'released':
      return { tone: 'grey', icon: 'money', text: texts.payment.released }
    case 'expired':
      return { tone: 'grey', icon: 'money', text: texts.payment.expired }
    case 'disputed':
      return { tone: 'red', icon: 'money', text: texts.payment.disputed }
  }
}

function meetingBadge({ status, meeting }: Told): BadgeOf | null {
  if (status !== 'booked' && status !== 'arrived') return null
  if (meeting.status === 'creating') return { tone: 'grey', icon: 'video', text: texts.meeting.creating }
  if (meeting.status === 'failed') return { tone: 'amber', icon: 'video', text: texts.meeting.failed }
  return null
}

export function badgesOf(appointment: Told): BadgeOf[] {
  if (appointment.status === 'pending' && appointment.offer_expires_at !== null) return [{ ...visitBadge(appointment), text: words.visits.offer.badge }]
  if (appointment.status === 'pending') return [{ ...visitBadge(appointment), text: texts.heldNotPaid }]
  return [visitBadge(appointment), paymentBadge(appointment), meetingBadge(appointment)].filter((badge) => badge !== null)
}
