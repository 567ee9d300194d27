import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconCalendar } from '@tabler/icons-react'
import { appointmentsQuery } from '@/shared/api/mine'
import { waitsQuery } from '@/shared/api/waitlist'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { AppointmentRow } from './AppointmentRow'
import styles from './appointments.module.css'

const text = words.appointments

function WaitingLink() {
  const { link, linkCount } = words.waiting
  const waits = useQuery(waitsQuery).data
  return (
    <Link to="/waiting" className="tall">
      {waits?.length ? linkCount(waits.length) : link}
    </Link>
  )
}

export function AppointmentList() {
  usePageTitle(text.title)
  const zone = useZone()
  const list = useInfiniteQuery({ ...appointmentsQuery('upcoming'), refetchInterval: 30_000 })
  const slow = useSlow(list.isPending)
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <div className="page narrow">
      <div className={styles.head}>
        <h1>{text.title}</h1>
        <span className={`muted small ${styles.order ?? ''}`}>{text.order(placeOf(zone))}</span>
        <WaitingLink />
      </div>
      {list.error && !items && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {slow && (
        <div className="stack" aria-hidden="true">
          <Bar width="100%" height={124} round={18} />
          <Bar width="100%" height={124} round={18} />
        </div>
      )}
      {items?.length === 0 && (
        <div className={`card ${styles.empty ?? ''}`}>
          <IconCalendar size={40} aria-hidden="true" />
          <h2>{text.emptyUpcoming}</h2>
          <p className="soft">{text.emptyUpcomingText}</p>
          <ButtonLink to="/doctors">{text.find}</ButtonLink>
        </div>
      )}
      <ol className="stack">
        {items?.map((appointment) => (
          <AppointmentRow key={appointment.id} appointment={appointment} zone={zone} />
        ))}
      </ol>
      {list.hasNextPage && (
        <div className={styles.more}>
          <Button look="outline" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
    </div>
  )
}
