import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { slotsQuery } from '@/shared/api/public'
import { scheduleQuery } from '@/shared/api/staff'
import { usePerson, useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { addDays, dayLong, dayOf, placeOf, useNow } from '@/shared/time'
import { Clock } from '@/shared/ui/Clock'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Standing } from '@/shared/ui/Standing'
import { ComingDays } from './ComingDays'
import { DayList } from './DayList'
import { comingDays, countsOf, rowsOf, type Counts } from './day'
import styles from './today.module.css'

const text = words.staff.today
/** How many days, today included, are on show. */
const SPAN = 15

function summary({ visits, done, missed, toGo }: Counts): string {
  if (visits === 0) return text.none
  const parts = [done > 0 && text.done(done), missed > 0 && text.missed(missed), toGo > 0 && text.toGo(toGo)].filter((part) => part !== false)
  return `${text.visits(visits)}: ${parts.join(', ')}`
}

/** The day that is on, then the days that come: all in the doctor's own zone. */
export function TodayPage() {
  usePageTitle(text.title)
  const { me } = usePerson()
  const zone = useZone()
  const at = useNow()
  const today = dayOf(at, zone)
  const schedule = useQuery(scheduleQuery(today, addDays(today, SPAN)))
  const slots = useQuery({ ...slotsQuery(me?.id ?? '', today, addDays(today, 1)), enabled: me?.status === 'approved' })
  const slow = useSlow(schedule.isPending)
  const appointments = schedule.data?.appointments ?? []
  const rows = rowsOf(today, zone, appointments, slots.data?.slots ?? [], at)
  return (
    <>
      <div className={styles.head}>
        <h1>{dayLong(today)}</h1>
        <p className="muted inline-ap">
          {schedule.data && `${summary(countsOf(rows))}. `}
          {text.zone(placeOf(zone))} <Clock at={at} zone={zone} />.
        </p>
      </div>
      <div className="stack">
        <Standing status={me?.status ?? null} />
        {schedule.error && <Failure error={schedule.error} onRetry={() => void schedule.refetch()} />}
        {slow && <Bar width="100%" height={420} round={18} />}
        {schedule.data && (
          <div className={styles.columns}>
            {rows.length > 0 ? <DayList rows={rows} zone={zone} at={at} /> : <QuietDay />}
            <ComingDays days={comingDays(today, zone, appointments)} zone={zone} />
          </div>
        )}
      </div>
    </>
  )
}

function QuietDay() {
  return (
    <section className={`card pad stack tight ${styles.quiet ?? ''}`} aria-label={text.list}>
      <h2>{text.emptyTitle}</h2>
      <p className="soft">{text.closedText}</p>
      <p>
        <Link to="/hours">{text.seeHours}</Link>
      </p>
    </section>
  )
}
