import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import { appointmentQuery } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { LinkTo } from '@/shared/ui/GoTo'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { ActionsCard } from './ActionsCard'
import { FeedbackCard } from './FeedbackCard'
import { HealthCard } from './HealthCard'
import { HistoryCard } from './HistoryCard'
import { PrescriptionCard } from './PrescriptionCard'
import { VisitHead } from './VisitHead'
import { wayBack } from './back'
import styles from './visit.module.css'

const route = getRouteApi('/_staff/visits/$appointmentId')
const text = words.visit

/** Everything that a doctor may know of one visit, and everything that they can do with it. */
export function VisitPage() {
  const { appointmentId } = route.useParams()
  const visit = useQuery({ ...appointmentQuery(appointmentId), refetchInterval: 20_000 })
  const slow = useSlow(visit.isPending)
  usePageTitle(visit.data && visit.data.status !== 'pending' ? text.title(visit.data.patient.name) : text.untitled)
  return (
    <>
      <Back />
      {visit.error && !visit.data && <Failure whole error={visit.error} onRetry={() => void visit.refetch()} />}
      {slow && (
        <>
          <Coming />
          <div className={styles.columns} aria-hidden="true">
            <Bar width="100%" height={420} round={18} />
            <Bar width="100%" height={260} round={18} />
          </div>
        </>
      )}
      {visit.data && <Visit key={visit.data.id} visit={visit.data} />}
    </>
  )
}

function Back() {
  const { href, label } = wayBack(useLocation({ select: ({ state }) => state.from }))
  return (
    <LinkTo href={href} className={styles.back}>
      <IconChevronLeft size={20} aria-hidden="true" />
      {label}
    </LinkTo>
  )
}

function Visit({ visit }: { visit: Appointment }) {
  const zone = useZone()
  const known = visit.status !== 'pending'
  return (
    <div className={styles.columns}>
      <VisitHead visit={visit} zone={zone} />
      <div className={`stack ${styles.beside ?? ''}`}>
        <ActionsCard visit={visit} zone={zone} />
      </div>
      <div className="stack">
        {known && <HealthCard visit={visit} zone={zone} />}
        {(visit.status === 'fulfilled' || visit.prescribed) && <PrescriptionCard visit={visit} zone={zone} />}
        {visit.status === 'fulfilled' && <FeedbackCard visit={visit} zone={zone} />}
        <HistoryCard visit={visit} zone={zone} />
      </div>
    </div>
  )
}
