import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconBell, IconChevronLeft } from '@tabler/icons-react'
import { waitsQuery } from '@/shared/api/waitlist'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { WaitItem } from './WaitItem'
import styles from './waiting.module.css'

const text = words.waiting

/** What the patient waits for, the longest wait first, and how to stop. */
export function WaitingPage() {
  usePageTitle(text.title)
  const waits = useQuery({ ...waitsQuery, refetchInterval: 30_000 })
  const slow = useSlow(waits.isPending)
  return (
    <div className="page narrow stack">
      <div>
        <Link to="/appointments" className={styles.back}>
          <IconChevronLeft size={20} aria-hidden="true" />
          {words.appointments.title}
        </Link>
        <h1>{text.title}</h1>
      </div>
      <p className="soft">{text.lead}</p>
      {waits.error && !waits.data && <Failure error={waits.error} onRetry={() => void waits.refetch()} />}
      {slow && <Bar width="100%" height={124} round={18} />}
      {waits.data?.length === 0 && (
        <div className={`card ${styles.empty ?? ''}`}>
          <IconBell size={40} aria-hidden="true" />
          <h2>{text.empty}</h2>
          <p className="soft">{text.emptyText}</p>
          <ButtonLink to="/doctors">{text.find}</ButtonLink>
        </div>
      )}
      <ol className="stack">{waits.data?.map((wait) => <WaitItem key={wait.id} wait={wait} />)}</ol>
    </div>
  )
}
