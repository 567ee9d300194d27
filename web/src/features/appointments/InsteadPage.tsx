import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import { appointmentQuery } from '@/shared/api/mine'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { Redirect } from '@/shared/ui/GoTo'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Instead } from './Instead'
import styles from './appointments.module.css'

const route = getRouteApi('/_patient/appointments/$appointmentId/alternatives')
const text = words.visits.instead

/** Where a message about a visit that was called off leads. */
export function InsteadPage() {
  const { appointmentId } = route.useParams()
  const zone = useZone()
  const appointment = useQuery(appointmentQuery(appointmentId))
  const slow = useSlow(appointment.isPending)
  usePageTitle(text.page)
  const { data } = appointment
  const stands = data?.status === 'booked'
  // Of a visit that took place, or will, there is nothing to choose instead.
  if (data && data.status !== 'cancelled' && !stands) return <Redirect to="/appointments/$appointmentId" params={{ appointmentId }} />
  return (
    <div className="page narrow stack">
      <div>
        <Link to="/appointments/$appointmentId" params={{ appointmentId }} className={styles.back}>
          <IconChevronLeft size={20} aria-hidden="true" />
          {words.visits.moving.back}
        </Link>
        <h1>{text.page}</h1>
      </div>
      {appointment.error && !data && <Failure error={appointment.error} onRetry={() => void appointment.refetch()} />}
      {slow && <Bar width="100%" height={420} round={18} />}
      {data && (
        <>
          <p className="soft">{stands ? text.leadBooked(data.doctor.name) : text.lead(data.doctor.name)}</p>
          <Instead appointment={data} zone={zone} />
        </>
      )}
    </div>
  )
}
