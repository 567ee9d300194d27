import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { adminDoctorsQuery, type DoctorStatus } from '@/shared/api/staff'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { DoctorTable } from './DoctorTable'
import styles from './admin.module.css'

const text = words.staff.admin
const STATUSES: readonly DoctorStatus[] = ['pending', 'approved', 'suspended']

export function DoctorsPage() {
  const [status, setStatus] = useState<DoctorStatus>('pending')
  usePageTitle(text.heading[status])
  const waiting = useInfiniteQuery(adminDoctorsQuery('pending')).data?.pages.flatMap((page) => page.items)
  const doctors = useInfiniteQuery(adminDoctorsQuery(status))
  const slow = useSlow(doctors.isPending)
  const items = doctors.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <div className={styles.head}>
        <div>
          <h1>{text.title}</h1>
          <p className="muted" role="status">
            {waiting && text.count(waiting.length)}
          </p>
        </div>
        <div className={styles.segments} role="group" aria-label={text.show}>
          {STATUSES.map((each) => (
            <button key={each} type="button" aria-pressed={each === status} onClick={() => setStatus(each)}>
              {text.tabs[each]}
            </button>
          ))}
        </div>
      </div>
      <section className="stack" aria-labelledby="doctors">
        <h2 id="doctors">{text.heading[status]}</h2>
        {doctors.error && !items && <Failure error={doctors.error} onRetry={() => void doctors.refetch()} />}
        {slow && <Bar width="100%" height={220} round={18} />}
        {items?.length === 0 && <p className="card pad soft">{text.empty[status]}</p>}
        {items && items.length > 0 && <DoctorTable doctors={items} status={status} />}
        {doctors.hasNextPage && (
          <div className={styles.more}>
            <Button look="outline" busy={doctors.isFetchingNextPage} onClick={() => void doctors.fetchNextPage()}>
              {text.more}
            </Button>
          </div>
        )}
      </section>
    </>
  )
}
