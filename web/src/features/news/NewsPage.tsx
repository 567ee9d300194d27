import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconBell } from '@tabler/icons-react'
import { markRead, newsQuery, unreadQuery } from '@/shared/api/news'
import type { Role } from '@/shared/api/types'
import { usePerson, useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { NewsRow } from './NewsRow'
import styles from './news.module.css'

const text = words.news

function useRead() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (ids?: string[]) => markRead(ids),
    onSuccess: ({ unread }) => {
      queries.setQueryData(unreadQuery.queryKey, unread)
      return queries.invalidateQueries({ queryKey: newsQuery.queryKey })
    },
  })
}

export function NewsPage() {
  usePageTitle(text.title)
  const zone = useZone()
  const { me } = usePerson()
  const news = useInfiniteQuery(newsQuery)
  const slow = useSlow(news.isPending)
  const one = useRead()
  const all = useRead()
  const items = news.data?.pages.flatMap((page) => page.items)
  const unread = news.data?.pages[0]?.unread ?? 0
  return (
    <div className={me?.role === 'patient' ? 'page narrow' : undefined}>
      <div className={styles.head}>
        <h1>{text.title}</h1>
        <span className="muted small grow">{text.lead(placeOf(zone))}</span>
        {unread > 0 && (
          <Button look="outline" size="small" busy={all.isPending} onClick={() => all.mutate(undefined, { onSuccess: () => void notify(text.allRead) })}>
            {text.markAll}
          </Button>
        )}
      </div>
      {all.error && <Failure error={all.error} />}
      {news.error && !items && <Failure error={news.error} onRetry={() => void news.refetch()} />}
      {slow && (
        <div className="stack tight" aria-hidden="true">
          {[0, 1, 2, 3].map((each) => (
            <Bar key={each} width="100%" height={84} round={12} />
          ))}
        </div>
      )}
      {items?.length === 0 && (
        <div className={`card ${styles.empty ?? ''}`}>
          <IconBell size={40} aria-hidden="true" />
          <h2>{text.empty}</h2>
          <p>{text.emptyText}</p>
        </div>
      )}
      {items && items.length > 0 && (
        <ol className={`card ${styles.list ?? ''}`}>
          {items.map((item) => (
            <NewsRow key={item.id} item={item} zone={zone} role={(me?.role ?? 'patient') as Role} onRead={() => one.mutate([item.id])} />
          ))}
        </ol>
      )}
      {news.isFetchNextPageError && <Failure error={news.error} />}
      {news.hasNextPage && (
        <div className={styles.more}>
          <Button look="outline" busy={news.isFetchingNextPage} onClick={() => void news.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
      <p className={styles.choose}>
        <Link to="/you/messages">{text.choose}</Link>
      </p>
    </div>
  )
}
