import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { appointmentQuery } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayFull, dayOf, minutesBetween, type Zone } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { FeedbackForm } from './FeedbackForm'
import { Given } from './Given'
import styles from './feedback.module.css'

const route = getRouteApi('/_patient/appointments/$appointmentId/feedback')
const text = words.feedback

export function FeedbackPage() {
  const { appointmentId } = route.useParams()
  const appointment = useQuery(appointmentQuery(appointmentId))
  const zone = useZone()
  const slow = useSlow(appointment.isPending)
  const { data } = appointment
  usePageTitle(data ? text.title(data.doctor.name) : text.shortTitle)
  return (
    <div className="page form">
      <Link to="/appointments/past" className={styles.back}>
        <IconChevronLeft size={20} aria-hidden="true" />
        {text.back}
      </Link>
      {appointment.error && !data && <Failure whole error={appointment.error} onRetry={() => void appointment.refetch()} />}
      {slow && (
        <>
          <Coming />
          <Bar width="100%" height={480} round={18} />
        </>
      )}
      {data && (
        <div className="stack loose">
          <Head appointment={data} zone={zone} />
          <Stage appointment={data} zone={zone} />
        </div>
      )}
    </div>
  )
}

function Head({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const { doctor, starts_at: at, ends_at: end } = appointment
  return (
    <div className="stack">
      <h1>{text.title(doctor.name)}</h1>
      <div className="row">
        <Avatar name={doctor.name} size="small" />
        <div className="grow inline-ap">
          {dayFull(dayOf(at, zone))}, <Clock at={at} zone={zone} />
          <p className="muted small">{words.booking.visit(fieldName(doctor.specialization), words.common.minutes(minutesBetween(at, end)))}</p>
        </div>
      </div>
    </div>
  )
}

/** The server says whether feedback can be given or changed, and until when. */
function Stage({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const [changing, setChanging] = useState(false)
  const { feedback, status, id } = appointment
  const action = appointment.actions.find((each) => each.action === 'feedback')
  const open = action?.open ?? false
  if (feedback && !changing)
    return <Given appointment={appointment} feedback={feedback} zone={zone} closesAt={action?.closes_at ?? null} onChange={open ? () => setChanging(true) : null} />
  if (open) return <FeedbackForm appointment={appointment} onDone={() => setChanging(false)} />
  const coming = status === 'booked' || status === 'arrived' || status === 'pending'
  const { title, text: why } = coming ? text.notYet : text.never
  return (
    <Note
      tone="amber"
      title={title}
      actions={
        <ButtonLink look="outline" size="small" to="/appointments/$appointmentId" params={{ appointmentId: id }}>
          {text.notYet.see}
        </ButtonLink>
      }
    >
      {why}
    </Note>
  )
}
