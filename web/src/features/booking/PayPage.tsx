import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { MINE, appointmentQuery } from '@/shared/api/mine'
import { clinicQuery } from '@/shared/api/public'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { actionOf } from '@/shared/format/actions'
import { endedUnbooked } from '@/shared/format/status'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { Redirect } from '@/shared/ui/GoTo'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { PolicyCard } from '@/shared/ui/PolicyCard'
import { Receipt } from '@/shared/ui/Receipt'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { Ended } from './Ended'
import { PayPanel } from './PayPanel'
import { Steps } from './Steps'
import styles from './booking.module.css'

const route = getRouteApi('/_patient/appointments/$appointmentId/pay')
const text = words.booking

/** The receipt before paying. What it shows follows from the appointment as the server has it: refresh and Back always work. */
export function PayPage() {
  const { appointmentId } = route.useParams()
  const { payment } = route.useSearch()
  usePageTitle(text.title)
  // A decline reaches the server by itself, seconds after the patient is back.
  const appointment = useQuery({ ...appointmentQuery(appointmentId), refetchInterval: payment === 'declined' ? 3_000 : 15_000 })
  const slow = useSlow(appointment.isPending)
  const { data } = appointment
  return (
    <div className="page narrow">
      {slow && (
        <>
          <Coming />
          <Bar width="100%" height={520} round={18} />
        </>
      )}
      {appointment.error && !data && <Failure whole error={appointment.error} onRetry={() => void appointment.refetch()} />}
      {data && <Stage appointment={data} declined={payment === 'declined'} />}
    </div>
  )
}

function Stage({ appointment, declined }: { appointment: Appointment; declined: boolean }) {
  const { status, payment, pay_by } = appointment
  const paying = status === 'pending' || (status === 'booked' && pay_by !== null && actionOf(appointment, 'pay') !== undefined)
  // A time that was offered is accepted first, on the appointment's own page.
  if (actionOf(appointment, 'accept')) return <Redirect to="/appointments/$appointmentId" params={{ appointmentId: appointment.id }} />
  if (paying && payment.status !== 'authorized') return <Check appointment={appointment} declined={declined || payment.last_decline !== null} />
  if (endedUnbooked(appointment)) return <Ended appointment={appointment} />
  return <Redirect to="/appointments/$appointmentId" params={{ appointmentId: appointment.id }} search={status === 'pending' ? { payment: 'returned' } : {}} />
}

function Check({ appointment, declined }: { appointment: Appointment; declined: boolean }) {
  const zone = useZone()
  const queries = useQueryClient()
  const clinic = useQuery(clinicQuery).data
  const reload = useCallback(() => void queries.invalidateQueries({ queryKey: [MINE] }), [queries])
  const reason = appointment.payment.last_decline ? words.problems.declines[appointment.payment.last_decline] : undefined
  return (
    <>
      <Steps />
      <h1>{text.title}</h1>
      {declined && (
        <Note tone="red" role="alert" className={styles.declined} title={reason ?? words.problems.declined.title}>
          {words.problems.declined.safe}
        </Note>
      )}
      <div className={styles.columns}>
        <Receipt appointment={appointment} zone={zone} clinic={clinic?.name} />
        <aside className="stack">
          <PayPanel appointment={appointment} zone={zone} clinic={clinic} onChanged={reload} />
          <PolicyCard appointment={appointment} zone={zone} />
        </aside>
      </div>
    </>
  )
}
