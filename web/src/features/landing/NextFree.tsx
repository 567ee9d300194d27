import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconChevronRight } from '@tabler/icons-react'
import { doctorsQuery } from '@/shared/api/public'
import type { DoctorCard } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayLong, dayOf, dayShort, placeOf, useNow, type Zone } from '@/shared/time'
import { Clock } from '@/shared/ui/Clock'
import { drawing } from '@/shared/ui/drawing'
import { Failure } from '@/shared/ui/Failure'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import styles from './landing.module.css'

const text = words.landing
const SHOWN = 4

/** Who is free next, now: the same list as “soonest first”, its top. */
export function NextFree() {
  const zone = useZone()
  const today = dayOf(useNow(), zone)
  const found = useInfiniteQuery({ ...doctorsQuery({ sort: 'next_free', limit: SHOWN }), refetchInterval: 60_000 })
  const slow = useSlow(found.isPending)
  const page = found.data?.pages[0]
  const free = page?.items.filter((doctor) => doctor.next_free_at !== null)
  return (
    <section className={styles.board} aria-labelledby="next-free">
      <div className={styles.boardHead}>
        <h2 id="next-free">{text.nextFree}</h2>
        <span>
          {drawing ? '\u00a0' : dayLong(today)}
          <br />
          {!drawing && words.common.zoneTime(placeOf(zone))}
        </span>
      </div>
      <ol>
        {slow && Array.from({ length: SHOWN }, (_, index) => <Waiting key={index} />)}
        {free?.map((doctor) => (
          <Row key={doctor.id} doctor={doctor} zone={zone} today={today} />
        ))}
      </ol>
      {free?.length === 0 && <p className={styles.boardNote}>{text.noTimes}</p>}
      {found.error && !page && (
        <div className={styles.boardNote}>
          <Failure error={found.error} title={text.timesFailed} onRetry={() => void found.refetch()} />
        </div>
      )}
      {page && page.total_count > 0 && (
        <Link to="/doctors" className={styles.boardMore}>
          {text.seeAll(page.total_count)}
        </Link>
      )}
    </section>
  )
}

function Row({ doctor, zone, today }: { doctor: DoctorCard; zone: Zone; today: string }) {
  const { id, name, specialization, next_free_at: at } = doctor
  if (!at) return null
  const day = dayOf(at, zone)
  return (
    <li>
      <Link to="/doctors/$doctorId" params={{ doctorId: id }} search={{ day, at }}>
        <span className={styles.boardTime}>
          <Clock at={at} zone={zone} />
          {day !== today && <small>{dayShort(day)}</small>}
        </span>
        <span className={styles.boardName}>
          <b>{name}</b>
          <span>{fieldName(specialization)}</span>
        </span>
        <IconChevronRight size={20} aria-hidden="true" />
      </Link>
    </li>
  )
}

function Waiting() {
  return (
    <li className={styles.boardWaiting} aria-hidden="true">
      <Bar width={84} height={24} />
      <Bar width="70%" height={40} />
    </li>
  )
}
