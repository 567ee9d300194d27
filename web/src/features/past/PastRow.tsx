import { Link } from '@tanstack/react-router'
import { IconMessage } from '@tabler/icons-react'
import type { Appointment } from '@/shared/api/types'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayDate, dayOf, dayShort, minutesBetween, type Zone } from '@/shared/time'
import { AppointmentBadges } from '@/shared/ui/AppointmentBadges'
import { Avatar } from '@/shared/ui/Avatar'
import { ButtonLink } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import { Stars } from '@/shared/ui/Stars'
import styles from './past.module.css'

const text = words.papers.past

/** Whether the server lets this person say, or change, how it was. */
export function maySay({ actions }: Pick<Appointment, 'actions'>): boolean {
  return actions.some(({ action, open }) => action === 'feedback' && open)
}

export function PastRow({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const { id, doctor, patient, starts_at: at, status } = appointment
  const day = dayOf(at, zone)
  const took = status === 'fulfilled'
  return (
    <li className={classes('card', styles.row)}>
      <div className={styles.when}>
        <span className={styles.day}>
          {dayDate(day)}
        </span>
        <span className={styles.time}>
          <Clock at={at} zone={zone} />
        </span>
      </div>
      <div className={styles.body}>
        <div className="row">
          <Avatar name={doctor.name} size="small" />
          <div className="grow">
            <h2>
              <Link to="/appointments/$appointmentId" params={{ appointmentId: id }} aria-label={text.details(doctor.name, dayShort(day))}>
                {doctor.name}
              </Link>
            </h2>
            <span className="muted small">
              {words.booking.visit(fieldName(doctor.specialization), words.common.minutes(minutesBetween(at, appointment.ends_at)))}
              {patient.booked_by && ` ${text.forName(patient.name)}`}
            </span>
          </div>
        </div>
        {!took && <AppointmentBadges appointment={appointment} />}
        <Said appointment={appointment} />
      </div>
      <Actions appointment={appointment} day={dayShort(day)} />
    </li>
  )
}

function Said({ appointment }: { appointment: Appointment }) {
  const { feedback, doctor, id } = appointment
  if (!feedback) return null
  return (
    <div className={styles.said}>
      <Stars count={feedback.stars} />
      <Link
        to="/appointments/$appointmentId/feedback"
        params={{ appointmentId: id }}
        aria-label={maySay(appointment) ? text.changeFeedback(doctor.name) : text.readFeedback(doctor.name)}
      >
        {maySay(appointment) ? text.changeable : text.yourStars}
      </Link>
      {feedback.answer && (
        <span className={styles.answered}>
          <IconMessage size={18} aria-hidden="true" />
          {text.answered}
        </span>
      )}
    </div>
  )
}

function Actions({ appointment, day }: { appointment: Appointment; day: string }) {
  const { id, doctor, feedback, receipt_number: number, prescribed } = appointment
  const params = { appointmentId: id }
  const owes = !feedback && maySay(appointment)
  return (
    <div className={styles.actions}>
      {owes && (
        <ButtonLink size="small" to="/appointments/$appointmentId/feedback" params={params} aria-label={text.feedbackFor(doctor.name)}>
          {text.feedback}
        </ButtonLink>
      )}
      {prescribed && (
        <ButtonLink look="outline" size="small" to="/appointments/$appointmentId/prescription" params={params} aria-label={text.prescriptionOf(doctor.name, day)}>
          {text.prescription}
        </ButtonLink>
      )}
      {number && (
        <ButtonLink look="outline" size="small" to="/appointments/$appointmentId/receipt" params={params} aria-label={text.receiptOf(doctor.name, day)}>
          {text.receipt}
        </ButtonLink>
      )}
      <ButtonLink look="outline" size="small" to="/doctors/$doctorId" params={{ doctorId: doctor.id }} aria-label={text.againWith(doctor.name)}>
        {text.again}
      </ButtonLink>
    </div>
  )
}
