import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconCalendar, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { slotsQuery } from '@/shared/api/public'
import { scheduleQuery } from '@/shared/api/staff'
import type { Appointment } from '@/shared/api/types'
import { usePerson, useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { addDays, clockText, dayFull, dayLong, dayOf, placeOf, useNow, type Day, type Zone } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Standing } from '@/shared/ui/Standing'
import { ComingDays } from './ComingDays'
import { DayList } from './DayList'
import { changesOf, comingDays, countsOf, rowsOf, type Change, type Counts } from './day'
import styles from './today.module.css'

const text = words.staff.today
/** How many days, today included, are on show. */
const SPAN = 15

function summary({ visits, done, missed, toGo }: Counts): string {
  if (visits === 0) return text.none
  const parts = [done > 0 && text.done(done), missed > 0 && text.missed(missed), toGo > 0 && text.toGo(toGo)].filter((part) => part !== false)
  return `${text.visits(visits)}: ${parts.join(', ')}`
}

function said({ kind, visit }: Change, zone: Zone): string {
  const time = clockText(visit.starts_at, zone)
  if (kind === 'held') return words.day.cameInHeld(time)
  return kind === 'booked' ? words.day.cameBooked(visit.patient.name, time) : words.day.calledOff(visit.patient.name, time)
}

/** Says what patients did to the day while the page is open. */
function useNews(appointments: Appointment[] | undefined, day: Day, zone: Zone): void {
  const seen = useRef<{ day: Day; appointments: Appointment[] } | null>(null)
  useEffect(() => {
    if (!appointments) return
    const before = seen.current
    seen.current = { day, appointments }
    if (before?.day !== day) return
    for (const change of changesOf(before.appointments, appointments, day, zone)) void notify(said(change, zone))
  }, [appointments, day, zone])
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
  useNews(schedule.data?.appointments, today, zone)
  const appointments = schedule.data?.appointments ?? []
  const rows = rowsOf(today, zone, appointments, slots.data?.slots ?? [], at)
  return (
    <>
      <div className={styles.head}>
        <div className="grow">
          <h1 className={styles.onScreen}>{dayLong(today)}</h1>
          <p className={styles.onPaper} aria-hidden="true">
            {words.day.printed(dayFull(today))}
          </p>
          <p className="muted inline-ap">
            {schedule.data && `${summary(countsOf(rows))}. `}
            {text.zone(placeOf(zone))} <Clock at={at} zone={zone} />.
          </p>
        </div>
        <div className={`row wrap ${styles.tools ?? ''}`}>
          <ButtonLink to="/calendar" look="outline" size="small" icon={<IconCalendar size={18} aria-hidden="true" />}>
            {words.day.calendar}
          </ButtonLink>
          <Button look="outline" size="small" icon={<IconPrinter size={18} aria-hidden="true" />} onClick={() => window.print()}>
            {words.day.print}
          </Button>
        </div>
      </div>
      <div className="stack">
        <Standing status={me?.status ?? null} />
        {schedule.error && !schedule.data && <Failure error={schedule.error} onRetry={() => void schedule.refetch()} />}
        {schedule.error && schedule.data && (
          <Note tone="amber" role="status">
            {words.day.stale}
          </Note>
        )}
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
