import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconAlertTriangle, IconCash, IconChevronRight, IconFlag, IconMessage, IconUser, IconUserOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { adminDoctorsQuery, claimsQuery, messagesQuery, reportsQuery, tasksQuery, troubledPaymentsQuery } from '@/shared/api/admin'
import { words } from '@/shared/text'
import { classes } from '@/shared/ui/classes'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import styles from './admin.module.css'
import { Head } from './Head'

const text = words.admin.overview
const REFRESH = { refetchInterval: 60_000 }

interface Count {
  count: number | undefined
  more: boolean
  failed: boolean
}

interface Listing {
  data?: { pages: { items: unknown[] }[] } | undefined
  isError: boolean
  hasNextPage: boolean
}

function counted({ data, isError, hasNextPage }: Listing): Count {
  return { count: data?.pages.reduce((sum, page) => sum + page.items.length, 0), more: hasNextPage, failed: isError && !data }
}

function useCounts() {
  const claims = useQuery({ ...claimsQuery, ...REFRESH })
  return {
    doctors: counted(useInfiniteQuery({ ...adminDoctorsQuery('pending'), ...REFRESH })),
    claims: { count: claims.data?.items.length, more: false, failed: claims.isError && !claims.data },
    payments: counted(useInfiniteQuery({ ...troubledPaymentsQuery(undefined), ...REFRESH })),
    tasks: counted(useInfiniteQuery({ ...tasksQuery('dead'), ...REFRESH })),
    reports: counted(useInfiniteQuery({ ...reportsQuery('open'), ...REFRESH })),
    messages: counted(useInfiniteQuery({ ...messagesQuery('failed'), ...REFRESH })),
  }
}

const rows = [
  { key: 'doctors', icon: IconUser, to: '/admin/doctors', search: {} },
  { key: 'claims', icon: IconUserOff, to: '/admin/claims', search: {} },
  { key: 'payments', icon: IconCash, to: '/admin/payments', search: {} },
  { key: 'tasks', icon: IconAlertTriangle, to: '/admin/tasks', search: {} },
  { key: 'reports', icon: IconFlag, to: '/admin/reports', search: {} },
  { key: 'messages', icon: IconMessage, to: '/admin/messages', search: { show: 'failed' } },
] as const

/** What waits for an administrator, in the order in which somebody is kept waiting by it. */
export function OverviewPage() {
  const counts = useCounts()
  const all = Object.values(counts)
  const known = all.every(({ count }) => count !== undefined)
  const slow = useSlow(all.some(({ count, failed }) => count === undefined && !failed))
  const sum = all.reduce((total, { count }) => total + (count ?? 0), 0)
  return (
    <>
      <Head title={text.title} />
      <p className={classes('muted', styles.lead)} role="status">
        {known ? text.lead(sum) : slow ? text.counting : ''}
      </p>
      <ul className={styles.waiting}>
        {rows.map(({ key, icon: Icon, to, search }) => {
          const { count, more, failed } = counts[key]
          const { title, text: says } = text.rows[key]
          return (
            <li key={key} className="card">
              <Link to={to} search={search} className={styles.wait}>
                <span className={classes(styles.mark, count ? styles.amber : undefined)}>
                  <Icon size={24} aria-hidden="true" />
                </span>
                <span className="grow">
                  <b className="strong">{title}</b>
                  <span className="muted small">{failed ? text.unknown : says}</span>
                </span>
                <Figure low={count === 0}>{count === undefined ? slow && !failed && <Bar width={36} height={28} /> : more ? text.many(count) : count || text.none}</Figure>
                <IconChevronRight size={20} aria-hidden="true" />
              </Link>
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Figure({ low, children }: { low: boolean; children: ReactNode }) {
  return <span className={low ? 'muted' : styles.figure}>{children}</span>
}
