import { IconCheck, IconX } from '@tabler/icons-react'
import type { Appointment } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { endOf, endedUnanswered } from '@/shared/format/status'
import { words } from '@/shared/text'
import { clockText, dayLong, dayOf, placeOf, type Zone } from '@/shared/time'
import { AppointmentBadges } from '@/shared/ui/AppointmentBadges'
import { classes } from '@/shared/ui/classes'
import styles from './appointments.module.css'

const text = words.appointments

function factsOf(appointment: Appointment, zone: Zone): string {
  const { doctor, starts_at: at } = appointment
  return text.booked.text(doctor.name, dayLong(dayOf(at, zone)), clockText(at, zone), placeOf(zone))
}

function moneyOf({ payment, quote, cancelled }: Appointment): string {
  if (payment.refunded.amount > 0) return text.refunded(formatMoney(payment.refunded))
  const never = quote.total.amount === 0 || ['open', 'released', 'expired', 'not_required'].includes(payment.status)
  return cancelled && never ? text.notCharged : ''
}

/** The first thing that the page says: booked, cancelled by whom, done, missed. */
export function Banner({ appointment, zone, justNow }: { appointment: Appointment; zone: Zone; justNow: boolean }) {
  const { me } = usePerson()
  const { status, meeting, payment } = appointment
  const good = status === 'booked' || status === 'arrived'
  const title = status === 'booked' ? text.booked.title : endedUnanswered(appointment) ? words.visits.offer.over.title : text.heading[status]
  return (
    <section className={classes(styles.banner, good && styles.good)} role={justNow ? 'status' : undefined}>
      <span className={styles.tick}>{good || status === 'fulfilled' ? <IconCheck size={28} aria-hidden="true" /> : <IconX size={28} aria-hidden="true" />}</span>
      <div className="grow stack tight">
        <h1>{title}</h1>
        <p className="break">
          {factsOf(appointment, zone)} {justNow && me && status === 'booked' && text.booked.mail(me.email)}
        </p>
        {good && meeting.status === 'creating' && <p>{text.booked.linkSoon}</p>}
        {good && meeting.status === 'failed' && <p>{text.booked.linkLate}</p>}
        {status === 'cancelled' && (
          <p>
            {endOf(appointment)} {moneyOf(appointment)}
          </p>
        )}
        {payment.status === 'disputed' && <p>{text.disputed}</p>}
        {!good && <AppointmentBadges appointment={appointment} />}
      </div>
    </section>
  )
}
