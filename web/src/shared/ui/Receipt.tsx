import type { Appointment } from '@/shared/api/types'
import { formatMoney, formatPercent } from '@/shared/format/money'
import { seenName } from '@/shared/format/actions'
import { paymentBadge } from '@/shared/format/status'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayFull, dayOf, minutesAhead, minutesBetween, placeOf, type Zone } from '@/shared/time'
import { OneBadge } from './AppointmentBadges'
import { Avatar } from './Avatar'
import { Clock } from './Clock'
import { DateTile } from './DateTile'
import styles from './Receipt.module.css'

const text = words.booking

function Times({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  return (
    <>
      <Clock at={appointment.starts_at} zone={zone} /> – <Clock at={appointment.ends_at} zone={zone} />
    </>
  )
}

/** Clinic, date, both zones, doctor, fee, tax, total: the same before and after paying. */
export function Receipt({ appointment, zone, clinic }: { appointment: Appointment; zone: Zone; clinic: string | undefined }) {
  const { doctor, quote } = appointment
  const day = dayOf(appointment.starts_at, zone)
  const elsewhere = minutesAhead(appointment.starts_at, zone, doctor.time_zone) !== 0
  const badge = paymentBadge(appointment)
  const seen = seenName(appointment)
  const paid = ['captured', 'partially_refunded', 'refunded'].includes(appointment.payment.status)
  return (
    <section className={`card ${styles.paper ?? ''}`} aria-label={text.receiptLabel}>
      <div className={styles.head}>
        <div>
          <span className="muted small">{appointment.receipt_number ? text.receipt(appointment.receipt_number) : appointment.status !== 'cancelled' && text.noReceiptYet}</span>
          <h2>{clinic ?? words.common.product}</h2>
        </div>
        {badge && <OneBadge badge={badge} />}
      </div>
      <div className={styles.visit}>
        <DateTile day={day} />
        <div className="grow">
          <p className={styles.day}>{dayFull(day)}</p>
          <b className={styles.time}>
            <Times appointment={appointment} zone={zone} /> <em>{words.common.zoneTime(placeOf(zone))}</em>
          </b>
          {elsewhere && (
            <p className="muted">
              <Times appointment={appointment} zone={doctor.time_zone} /> {text.doctorZone(placeOf(doctor.time_zone))}
            </p>
          )}
        </div>
      </div>
      <div className={styles.doctor}>
        <Avatar name={doctor.name} size="small" />
        <div className="grow">
          <b className="strong">{doctor.name}</b>
          <p className="muted">{text.visit(fieldName(doctor.specialization), words.common.minutes(minutesBetween(appointment.starts_at, appointment.ends_at)))}</p>
        </div>
      </div>
      {seen && (
        <p className={styles.note}>
          <span className="muted">{text.forWhom}: </span>
          {seen}
        </p>
      )}
      {appointment.reason && (
        <p className={styles.note}>
          <span className="muted">{text.note}: </span>
          {appointment.reason}
        </p>
      )}
      <dl className={styles.lines}>
        <dt>{text.fee}</dt>
        <dd>{formatMoney(quote.fee)}</dd>
        <dt>{text.tax(formatPercent(quote.tax_percent))}</dt>
        <dd>{formatMoney(quote.tax)}</dd>
        <dt className={styles.total}>{paid ? text.paid : text.total}</dt>
        <dd className={styles.total}>{formatMoney(quote.total)}</dd>
        {appointment.payment.refunded.amount > 0 && (
          <>
            <dt>{words.appointments.status.payment.refunded}</dt>
            <dd>{formatMoney(appointment.payment.refunded)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
