import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { IconVideo } from '@tabler/icons-react'
import type { Appointment } from '@/shared/api/types'
import { seenName } from '@/shared/format/actions'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { addDays, dayOf, dayShort, minutesAhead, minutesBetween, placeOf, soon, useNow, type Zone } from '@/shared/time'
import { AppointmentBadges } from '@/shared/ui/AppointmentBadges'
import { Avatar } from '@/shared/ui/Avatar'
import { Button, ButtonAnchor, ButtonLink } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import { LetGo } from '@/shared/ui/LetGo'
import { CalendarButton } from './CalendarButton'
import { CancelDialog } from './CancelDialog'
import styles from './appointments.module.css'

const text = words.appointments

type Look = 'held' | 'soon' | 'coming' | 'gone'

function lookOf({ status, ends_at }: Appointment, at: number, today: boolean): Look {
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
  const until = appointment.checkout_closes_at
  return (
    <div className={styles.when}>
      <span className={styles.day}>{name}</span>
      <span className={styles.time}>
        <Clock at={start} zone={zone} />
      </span>
      <span className="muted xs">
        {look === 'held' && until ? (
          <>
            {text.payUntil} <Clock at={until} zone={zone} />
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
    <li className={classes('card', styles.row, styles[look])}>
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
              {words.booking.visit(doctor.specialization, words.common.minutes(minutesBetween(appointment.starts_at, appointment.ends_at)))}
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
  const { id, doctor, status, meeting } = appointment
  const params = { appointmentId: id }
  return (
    <div className={styles.actions}>
      {look === 'held' && (
        <ButtonLink to="/appointments/$appointmentId/pay" params={params}>
          {appointment.quote.total.amount === 0 ? words.booking.book : text.pay(formatMoney(appointment.quote.total))}
        </ButtonLink>
      )}
      {look === 'held' && appointment.payment.status !== 'authorized' && <LetGo appointment={appointment} zone={zone} />}
      {(look === 'soon' || look === 'coming') && (
        <>
          {meeting.join_url && look === 'soon' && (
            <ButtonAnchor href={meeting.join_url} target="_blank" rel="noopener" icon={<IconVideo size={20} aria-hidden="true" />}>
              {text.join}
            </ButtonAnchor>
          )}
          <CalendarButton id={id} />
          {status === 'booked' && (
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
