import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import { appointmentQuery } from '@/shared/api/mine'
import { doctorQuery } from '@/shared/api/public'
import type { Appointment } from '@/shared/api/types'
import { movingQuery, type Moving } from '@/shared/api/visits'
import { useZone } from '@/shared/auth'
import { whenLong } from '@/shared/format/when'
import { useOwnAppointments } from '@/shared/slots/own'
import { SlotChooser } from '@/shared/slots/SlotChooser'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayShort, dayOf } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { BothZones } from '@/shared/ui/BothZones'
import { ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { MoveBar } from './MoveBar'
import styles from './appointments.module.css'
import { refusedWords } from './moving'

const route = getRouteApi('/_patient/appointments/$appointmentId/move')
const text = words.visits.moving

/** A new time for a booked visit, chosen as the first one was. The visit keeps its time until the new one is had. */
export function MovePage() {
  const { appointmentId } = route.useParams()
  const appointment = useQuery(appointmentQuery(appointmentId))
  const moving = useQuery({ ...movingQuery(appointmentId), refetchInterval: 60_000 })
  usePageTitle(text.title)
  const slow = useSlow(appointment.isPending || moving.isPending)
  const error = appointment.data && moving.data ? null : (appointment.error ?? moving.error)
  return (
    <div className="page">
      <Link to="/appointments/$appointmentId" params={{ appointmentId }} className={styles.back}>
        <IconChevronLeft size={20} aria-hidden="true" />
        {text.back}
      </Link>
      <h1>{text.title}</h1>
      {error && (
        <Failure
          error={error}
          onRetry={() => {
            void appointment.refetch()
            void moving.refetch()
          }}
        />
      )}
      {slow && <Bar width="100%" height={620} round={18} />}
      {appointment.data && moving.data && <Stage appointment={appointment.data} preview={moving.data} />}
    </div>
  )
}

function Stage({ appointment, preview }: { appointment: Appointment; preview: Moving }) {
  const zone = useZone()
  const { doctor, starts_at: start } = appointment
  return (
    <>
      <section className={styles.present}>
        <Avatar name={doctor.name} size="small" />
        <div className="grow">
          <p className="muted small">
            {text.now}, {doctor.name}
          </p>
          <BothZones at={start} zone={zone} doctorZone={doctor.time_zone} />
        </div>
        {preview.allowed && (
          <p className="small soft">
            {text.free} {preview.moves_left !== null && text.left(preview.moves_left)}{' '}
            {preview.until && text.until(dayShort(dayOf(preview.until, zone)), clockText(preview.until, zone))}
          </p>
        )}
      </section>
      {preview.allowed ? <Choose appointment={appointment} preview={preview} /> : <NotNow appointment={appointment} whyNot={preview.why_not} />}
    </>
  )
}

function Choose({ appointment, preview }: { appointment: Appointment; preview: Moving }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const zone = useZone()
  const own = useOwnAppointments()
  const doctor = useQuery(doctorQuery(appointment.doctor.id))
  const slow = useSlow(doctor.isPending)
  const present = whenLong(appointment.starts_at, zone)
  if (doctor.error && !doctor.data) return <Failure error={doctor.error} onRetry={() => void doctor.refetch()} />
  if (!doctor.data) return slow ? <Bar width="100%" height={520} round={18} /> : null
  return (
    <SlotChooser
      doctor={doctor.data}
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      own={own}
      explainRefused={(error, time) => refusedWords(error, time, present) ?? explain(error, { time })}
      bar={({ chosen, twoZones, refuse }) => (
        <MoveBar appointment={appointment} movesLeft={preview.moves_left} chosen={chosen} zone={zone} twoZones={twoZones} onRefused={refuse} />
      )}
    />
  )
}

function NotNow({ appointment, whyNot }: { appointment: Appointment; whyNot: Moving['why_not'] }) {
  const params = { appointmentId: appointment.id }
  return (
    <Note
      tone="amber"
      role="status"
      actions={
        <>
          <ButtonLink size="small" to="/appointments/$appointmentId" params={params}>
            {text.back}
          </ButtonLink>
          {whyNot === 'not_listed' && (
            <ButtonLink look="outline" size="small" to="/appointments/$appointmentId/alternatives" params={params}>
              {words.visits.instead.title}
            </ButtonLink>
          )}
        </>
      }
    >
      {text.whyNot[whyNot ?? 'not_booked']}
    </Note>
  )
}
