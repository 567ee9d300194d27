import type { ReactNode } from 'react'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import styles from './admin.module.css'

interface Listing<Item> {
  data?: { pages: { items: Item[] }[] } | undefined
  error: Error | null
  isPending: boolean
  hasNextPage: boolean
  isFetchingNextPage: boolean
  refetch: () => unknown
  fetchNextPage: () => unknown
}

interface Props<Item> {
  list: Listing<Item>
  empty: string
  children: (items: Item[]) => ReactNode
}

/** A list that comes in pages: what is on its way, nothing, what went wrong, and the way to more. */
export function Paged<Item>({ list, empty, children }: Props<Item>) {
  const slow = useSlow(list.isPending)
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <>
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {slow && (
        <div className="stack" aria-hidden="true">
          <Bar width="100%" height={96} round={18} />
          <Bar width="100%" height={96} round={18} />
          <Bar width="100%" height={96} round={18} />
        </div>
      )}
      {items?.length === 0 && <p className="card pad soft">{empty}</p>}
      {items && items.length > 0 && children(items)}
      {list.hasNextPage && (
        <div className={styles.more}>
          <Button look="outline" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {words.admin.more}
          </Button>
        </div>
      )}
    </>
  )
}
