import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { Appointment } from '@/shared/api/types'
import { actionOf, canNow, seenName } from '@/shared/format/actions'
import { formatMoney } from '@/shared/format/money'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { addDays, dayOf, dayShort, minutesAhead, minutesBetween, placeOf, soon, useNow, type Zone } from '@/shared/time'
import { AppointmentBadges } from '@/shared/ui/AppointmentBadges'
import { Avatar } from '@/shared/ui/Avatar'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import { LetGo } from '@/shared/ui/LetGo'
import { CalendarMenu } from './CalendarMenu'
import { CancelDialog } from './CancelDialog'
import { JoinButton } from './JoinButton'
import styles from './appointments.module.css'

const text = words.appointments

type Look = 'offered' | 'held' | 'soon' | 'coming' | 'gone'

function lookOf(appointment: Appointment, at: number, today: boolean): Look {
  const { status, ends_at } = appointment
  if (status === 'pending' && actionOf(appointment, 'accept')) return 'offered'
  if (status === 'pending') return 'held'
  if ((status === 'booked' || status === 'arrived') && Date.parse(ends_at) > at) return today ? 'soon' : 'coming'
  return 'gone'
}

function When({ appointment, zone, at, look }: { appointment: Appointment; zone: Zone; at: number; look: Look }) {
  const { starts_at: start, doctor } = appointment
  const day = dayOf(start, zone)
  const today = dayOf(at, zone)
  const name = day === today ? text.today : day === addDays(today, 1) ? text.tomorrow : dayShort(day)
  const nearness = look === 'gone' ? null : soon(start, at)
  const elsewhere = minutesAhead(start, zone, doctor.time_zone) !== 0
  const offered = look === 'offered'
  const until = offered ? appointment.offer_expires_at : look === 'held' ? appointment.checkout_closes_at : null
  return (
    <div className={styles.when}>
      <span className={styles.day}>{name}</span>
      <span className={styles.time}>
        <Clock at={start} zone={zone} />
      </span>
      <span className="muted xs">
        {until ? (
          <>
            {offered ? words.visits.offer.answerBy : text.payUntil} {dayOf(until, zone) !== today && `${dayShort(dayOf(until, zone))}, `}
            <Clock at={until} zone={zone} />
          </>
        ) : (
          (nearness ??
          (elsewhere && (
            <>
              <Clock at={start} zone={doctor.time_zone} /> {placeOf(doctor.time_zone)}
            </>
          )))
        )}
      </span>
    </div>
  )
}

/** Time first; then the doctor, how things stand, and what can be done. */
export function AppointmentRow({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const at = useNow()
  const look = lookOf(appointment, at, dayOf(appointment.starts_at, zone) === dayOf(at, zone))
  const { doctor } = appointment
  const seen = seenName(appointment)
  return (
    <li className={classes('card', styles.row, styles[look === 'offered' ? 'toAnswer' : look])}>
      <When appointment={appointment} zone={zone} at={at} look={look} />
      <div className={styles.body}>
        <div className="row">
          <Avatar name={doctor.name} size="small" />
          <div className="grow">
            <h2>
              <Link
                to={look === 'held' ? '/appointments/$appointmentId/pay' : '/appointments/$appointmentId'}
                params={{ appointmentId: appointment.id }}
                aria-label={text.openDetails(doctor.name)}
              >
                {doctor.name}
              </Link>
            </h2>
            <span className="muted small">
              {words.booking.visit(fieldName(doctor.specialization), words.common.minutes(minutesBetween(appointment.starts_at, appointment.ends_at)))}
            </span>
            {seen && <p className="small break">{words.people.who.visitFor(seen)}</p>}
          </div>
        </div>
        <AppointmentBadges appointment={appointment} />
      </div>
      <Actions appointment={appointment} look={look} zone={zone} />
    </li>
  )
}

function Actions({ appointment, look, zone }: { appointment: Appointment; look: Look; zone: Zone }) {
  const [asking, { open, close }] = useDisclosure(false)
  const at = useNow()
  const { id, doctor, status } = appointment
  const owing = status === 'booked' && appointment.pay_by !== null && actionOf(appointment, 'pay') !== undefined
  const params = { appointmentId: id }
  return (
    <div className={styles.actions}>
      {look === 'offered' && (
        <ButtonLink to="/appointments/$appointmentId" params={params}>
          {words.visits.offer.answer}
        </ButtonLink>
      )}
      {look === 'held' && (
        <ButtonLink to="/appointments/$appointmentId/pay" params={params}>
          {appointment.quote.total.amount === 0 ? words.booking.book : text.pay(formatMoney(appointment.quote.total))}
        </ButtonLink>
      )}
      {look === 'held' && appointment.payment.status !== 'authorized' && <LetGo appointment={appointment} zone={zone} />}
      {(look === 'soon' || look === 'coming') && (
        <>
          {owing && (
            <ButtonLink to="/appointments/$appointmentId/pay" params={params}>
              {text.pay(formatMoney(appointment.quote.total))}
            </ButtonLink>
          )}
          {look === 'soon' && <JoinButton appointment={appointment} zone={zone} />}
          <CalendarMenu appointment={appointment} />
          {canNow(appointment, 'reschedule', at) && (
            <ButtonLink look="quiet" size="small" to="/appointments/$appointmentId/move" params={params}>
              {text.move}
            </ButtonLink>
          )}
          {canNow(appointment, 'cancel', at) && (
            <Button look="quiet" size="small" onClick={open}>
              {text.cancel}
            </Button>
          )}
          <CancelDialog appointment={appointment} zone={zone} opened={asking} onClose={close} />
        </>
      )}
      {look === 'gone' && status === 'cancelled' && (
        <ButtonLink look="outline" size="small" to="/doctors/$doctorId" params={{ doctorId: doctor.id }}>
          {text.findAgain}
        </ButtonLink>
      )}
      {look === 'gone' && (
        <ButtonLink look={status === 'cancelled' ? 'quiet' : 'outline'} size="small" to="/appointments/$appointmentId" params={params}>
          {text.details}
        </ButtonLink>
      )}
    </div>
  )
}
