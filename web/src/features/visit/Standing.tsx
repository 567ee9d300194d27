import type { Appointment } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort, type Zone } from '@/shared/time'
import { Note } from '@/shared/ui/Note'

const text = words.visit.state

function endOf({ kind, by, reason }: NonNullable<Appointment['cancelled']>): string {
  const ends: Record<string, string> = text.ended
  const persons: Record<string, string> = text.cancelled
  const end = ends[kind] ?? persons[by] ?? text.cancelled.system
  return reason ? `${end} ${text.said(reason)}` : end
}

/** What must be known of how the visit stands before anything is done with it. */
export function Standing({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const { cancelled, voided, absence, payment, pay_by: payBy, hold_expires_at: kept, offer_expires_at: offered } = visit
  const day = (at: string) => dayShort(dayOf(at, zone))
  const clock = (at: string) => clockText(at, zone)
  return (
    <>
      {offered && <Note>{text.offered(day(offered), clock(offered))}</Note>}
      {visit.status === 'pending' && !offered && kept && <Note tone="amber">{text.held(clock(kept))}</Note>}
      {visit.status === 'cancelled' && cancelled && (
        <Note>
          {endOf(cancelled)} {payment.refunded.amount > 0 && text.refunded(formatMoney(payment.refunded))}
        </Note>
      )}
      {voided && <Note tone="amber">{text.voided(text.said(voided.reason))}</Note>}
      {absence && !absence.rejected_at && (
        <Note tone="red" role="status">
          {text.claimed} {absence.note && text.said(absence.note)}
        </Note>
      )}
      {absence?.rejected_at && <Note>{text.rejected(absence.rejection)}</Note>}
      {payBy && payment.status === 'open' && visit.status === 'booked' && <Note tone="amber">{text.unpaid(day(payBy), clock(payBy))}</Note>}
    </>
  )
}
