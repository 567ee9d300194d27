import type { DoctorCard as Doctor } from '@/shared/api/types'
import { words } from '@/shared/text'
import { useNow, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { DoctorCard } from './DoctorCard'
import { SkeletonCards } from './SkeletonCards'
import styles from './find.module.css'
import { groupByFreeDay } from './groups'

const text = words.find

interface Props {
  doctors: Doctor[]
  grouped: boolean
  zone: Zone
  more: (() => void) | null
  loadingMore: boolean
  moreError: Error | null
}

export function DoctorList({ doctors, grouped, zone, more, loadingMore, moreError }: Props) {
  const at = useNow()
  const groups = grouped ? groupByFreeDay(doctors, at, zone) : [{ title: '', note: '', doctors }]
  return (
    <>
      {groups.map(({ title, note, doctors: group }) => (
        <div key={`${title}${group[0]?.id ?? ''}`} className={styles.groupBox}>
          {!title && <h2 className="sr">{text.groupDoctors}</h2>}
          {title && (
            <div className={styles.group}>
              <h2>{title}</h2>
              <span>{note}</span>
            </div>
          )}
          <ol className={styles.list}>
            {group.map((doctor) => (
              <li key={doctor.id}>
                <DoctorCard doctor={doctor} zone={zone} at={at} />
              </li>
            ))}
          </ol>
        </div>
      ))}
      {loadingMore && <SkeletonCards count={2} />}
      {moreError && more && <Failure error={moreError} onRetry={more} />}
      {more && !moreError && (
        <div className={styles.loadMore}>
          <Button look="outline" busy={loadingMore} onClick={more}>
            {loadingMore ? text.loadingMore : text.loadMore}
          </Button>
        </div>
      )}
    </>
  )
}
