import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { Suspense, useMemo, useState } from 'react'
import { clinicQuery, doctorsQuery } from '@/shared/api/public'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { dayOf, startOfDay, useNow } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { lazyPart } from '@/shared/ui/lazyPart'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { useSlow } from '@/shared/ui/Skeleton'
import { DoctorList } from './DoctorList'
import { EmptyResult } from './EmptyResult'
import { Filters } from './Filters'
import { LiveSearch } from './LiveSearch'
import { ListTools } from './ListTools'
import { SkeletonCards } from './SkeletonCards'
import styles from './find.module.css'
import { countFilters, filtersOf, withoutGaps, type FindSearch } from './search'

const FilterDialog = lazyPart(async () => (await import('./FilterDialog')).FilterDialog)

const route = getRouteApi('/_patient/doctors')
const text = words.find

export function FindPage() {
  usePageTitle(text.title)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const zone = useZone()
  const today = dayOf(useNow(), zone)
  const filters = useMemo(() => filtersOf(search, startOfDay(today, zone).getTime(), zone), [search, today, zone])
  const found = useInfiniteQuery(doctorsQuery(filters))
  const slow = useSlow(found.isPending)
  const [open, setOpen] = useState(false)
  const change = (part: FindSearch) => void navigate({ search: (before) => withoutGaps({ ...before, ...part }), replace: true, resetScroll: false })
  const first = found.data?.pages[0]
  const total = first?.total_count ?? 0
  const currency = useQuery(clinicQuery).data?.currency ?? first?.items[0]?.fee.currency ?? 'USD'
  const panel = <Filters search={search} facets={first?.facets} onChange={change} />
  return (
    <div className="page">
      <h1>{text.title}</h1>
      <div className={styles.bar}>
        <LiveSearch text={search.q ?? ''} onChange={change} />
        <Button look="outline" className="only-small" icon={<IconAdjustmentsHorizontal size={20} aria-hidden="true" />} onClick={() => setOpen(true)}>
          {text.filtersOn(countFilters(search))}
        </Button>
      </div>
      <div className={styles.columns}>
        <aside className="only-large" aria-label={text.filters}>
          {panel}
        </aside>
        <section aria-busy={found.isFetching}>
          <ListTools search={search} total={first ? total : null} failed={found.isError} currency={currency} onChange={change} />
          {found.error && !first && <Failure error={found.error} onRetry={() => void found.refetch()} />}
          {slow && <SkeletonCards count={4} />}
          {first && total === 0 && <EmptyResult search={search} onChange={change} />}
          {found.data && total > 0 && (
            <DoctorList
              doctors={found.data.pages.flatMap((page) => page.items)}
              grouped={(search.sort ?? 'next_free') === 'next_free'}
              zone={zone}
              more={found.hasNextPage ? () => void found.fetchNextPage() : null}
              loadingMore={found.isFetchingNextPage}
              moreError={found.isFetchNextPageError ? found.error : null}
            />
          )}
        </section>
      </div>
      {open && (
        <Suspense fallback={null}>
          <FilterDialog total={total} onClose={() => setOpen(false)}>
            {panel}
          </FilterDialog>
        </Suspense>
      )}
    </div>
  )
}
