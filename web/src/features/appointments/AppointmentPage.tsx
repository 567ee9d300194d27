import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import { appointmentQuery } from '@/shared/api/mine'
import { clinicQuery } from '@/shared/api/public'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { actionOf } from '@/shared/format/actions'
import { endedUnbooked } from '@/shared/format/status'
import { words } from '@/shared/text'
import { now } from '@/shared/time'
import { Failure } from '@/shared/ui/Failure'
import { Redirect } from '@/shared/ui/GoTo'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { PolicyCard } from '@/shared/ui/PolicyCard'
import { Receipt } from '@/shared/ui/Receipt'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { ActionCard } from './ActionCard'
import { Banner } from './Banner'
import { Confirming } from './Confirming'
import { Instead } from './Instead'
import { Offer } from './Offer'
import styles from './appointments.module.css'

const route = getRouteApi('/_patient/appointments/$appointmentId')
const text = words.appointments

/** While something is still on its way at the server, look often; otherwise now and then. */
function paceOf(appointment: Appointment | undefined, returned: boolean): number {
  if (!appointment) return 15_000
  const { status, payment, meeting, cancelled } = appointment
  if (status === 'pending' && returned && !actionOf(appointment, 'accept')) return 1_500
  // A refund follows a cancellation within seconds, if there is one.
  if (cancelled && payment.status === 'captured' && now() - Date.parse(cancelled.at) < 60_000) return 3_000
  // Paid anew: until the payment has arrived the page still asks for it.
  const paidAnew = returned && appointment.pay_by !== null
  const underWay = status === 'booked' && (paidAnew || payment.status === 'authorized' || meeting.status === 'creating')
  return underWay ? 3_000 : 30_000
}

export function AppointmentPage() {
  const { appointmentId } = route.useParams()
  const returned = route.useSearch().payment === 'returned'
  const appointment = useQuery({
    ...appointmentQuery(appointmentId),
    refetchInterval: ({ state }) => paceOf(state.data, returned),
  })
  const slow = useSlow(appointment.isPending)
  const { data } = appointment
  usePageTitle(data ? (actionOf(data, 'accept') ? words.visits.offer.badge : text.heading[data.status]) : text.heading.booked)
  return (
    <div className="page narrow">
      <Link to="/appointments" className={styles.back}>
        <IconChevronLeft size={20} aria-hidden="true" />
        {text.title}
      </Link>
      {appointment.error && !data && <Failure whole error={appointment.error} onRetry={() => void appointment.refetch()} />}
      {slow && (
        <>
          <Coming />
          <Bar width="100%" height={480} round={18} />
        </>
      )}
      {data && <Stage appointment={data} returned={returned} />}
    </div>
  )
}

function Stage({ appointment, returned }: { appointment: Appointment; returned: boolean }) {
  const zone = useZone()
  const { payment } = route.useSearch()
  const clinic = useQuery(clinicQuery).data
  const { status } = appointment
  if (status === 'pending') {
    const paid = appointment.payment.status === 'authorized'
    if (actionOf(appointment, 'accept')) return <Offer appointment={appointment} zone={zone} />
    // Who comes back this way has paid; an earlier card's refusal says nothing of this one.
    if (paid || returned) return <Confirming appointment={appointment} paid={paid} />
    return (
      <Redirect to="/appointments/$appointmentId/pay" params={{ appointmentId: appointment.id }} search={payment ? { payment } : {}} />
    )
  }
  // Back from a payment page that had run out: the receipt's page offers the time again.
  if (payment && endedUnbooked(appointment)) return <Redirect to="/appointments/$appointmentId/pay" params={{ appointmentId: appointment.id }} />
  const coming = status === 'booked' || status === 'arrived'
  // Who called it off themself knows what they want; everybody else is offered what there is instead.
  const calledOff = status === 'cancelled' && appointment.receipt_number !== null && appointment.cancelled?.by !== 'patient'
  return (
    <>
      <Banner appointment={appointment} zone={zone} justNow={returned} />
      <div className={styles.columns}>
        <div className="stack">
          {calledOff && <Instead appointment={appointment} zone={zone} />}
          <Receipt appointment={appointment} zone={zone} clinic={clinic?.name} />
        </div>
        <aside className="stack">
          <ActionCard appointment={appointment} zone={zone} />
          {coming && appointment.quote.total.amount > 0 && <PolicyCard appointment={appointment} zone={zone} />}
        </aside>
      </div>
    </>
  )
}
