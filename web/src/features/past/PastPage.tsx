import { useInfiniteQuery } from '@tanstack/react-query'
import { IconHistory } from '@tabler/icons-react'
import { appointmentsQuery } from '@/shared/api/mine'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { PastRow } from './PastRow'
import styles from './past.module.css'

const text = words.papers.past

/** What was: newest first, each with what is left to do or to keep. */
export function PastPage() {
  usePageTitle(text.title)
  const zone = useZone()
  const list = useInfiniteQuery(appointmentsQuery('past'))
  const slow = useSlow(list.isPending)
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <div className="page narrow">
      <div className={styles.head}>
        <h1>{text.title}</h1>
        <span className="muted small">{text.order(placeOf(zone))}</span>
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
          <IconHistory size={40} aria-hidden="true" />
          <h2>{text.none}</h2>
          <p>{text.noneText}</p>
          <ButtonLink to="/doctors">{text.find}</ButtonLink>
        </div>
      )}
      <ol className="stack">
        {items?.map((appointment) => (
          <PastRow key={appointment.id} appointment={appointment} zone={zone} />
        ))}
      </ol>
      {list.isFetchNextPageError && <Failure error={list.error} />}
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
