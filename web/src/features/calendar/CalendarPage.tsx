import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { hoursQuery, scheduleQuery, timeOffQuery } from '@/shared/api/staff'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { addDays, addMonths, dayOf, daysText, firstDay, monthName, monthOf, placeOf, useNow, weekStart, type Day } from '@/shared/time'
import { Button, IconButton } from '@/shared/ui/Button'
import { Choice } from '@/shared/ui/Choice'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { DayLists } from './DayLists'
import { Month } from './Month'
import { Week } from './Week'
import styles from './calendar.module.css'
import { planOf } from './grid'
import type { View } from './search'

const route = getRouteApi('/_staff/calendar')
const text = words.calendar

/** The days that are on show, and how far a step goes. */
function rangeOf(view: View, day: Day, narrow: boolean): { from: Day; to: Day; step: number } {
  if (view === 'month') {
    const month = monthOf(day)
    return { from: firstDay(month), to: firstDay(addMonths(month, 1)), step: 0 }
  }
  if (view === 'week' && narrow) return { from: day, to: addDays(day, 3), step: 3 }
  const from = weekStart(day)
  return { from, to: addDays(from, 7), step: 7 }
}

function daysOf(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day)
  return days
}

/** Week, month or list: visits, holds, hours and time off, all in the doctor's own zone. */
export function CalendarPage() {
  usePageTitle(text.title)
  const zone = useZone()
  const at = useNow()
  const today = dayOf(at, zone)
  const { view = 'week', day = today } = route.useSearch()
  const navigate = route.useNavigate()
  const narrow = useMediaQuery('(max-width: 45em)', false, { getInitialValueInEffect: false })
  const { from, to, step } = rangeOf(view, day, narrow)
  const schedule = useQuery(scheduleQuery(from, to))
  const hours = useQuery(hoursQuery)
  const timeOff = useQuery(timeOffQuery)
  const slow = useSlow(schedule.isPending || hours.isPending)
  const failed = [schedule, hours, timeOff].find(({ error, data }) => error && !data)
  const name = view === 'week' && narrow ? 'days' : view
  const go = (change: { view?: View; day?: Day }) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const move = (by: 1 | -1) => go({ day: step === 0 ? firstDay(addMonths(monthOf(day), by)) : addDays(from, by * step) })
  const title = view === 'month' ? monthName(monthOf(day)) : daysText(from, addDays(to, -1))
  const ready = hours.data && schedule.data
  const about = ready && { hours: hours.data, timeOff: timeOff.data ?? [], visits: schedule.data.appointments }
  const plans = about && daysOf(from, to).map((each) => planOf(each, zone, about))
  return (
    <>
      <div className={styles.head}>
        <h1>{text.title}</h1>
        <p className="muted">{text.zone(placeOf(zone))}</p>
      </div>
      <section className={`card ${styles.card ?? ''}`} aria-label={title}>
        <div className={styles.bar}>
          <IconButton label={text.previous[name]} onClick={() => move(-1)}>
            <IconChevronLeft size={22} aria-hidden="true" />
          </IconButton>
          <h2 aria-live="polite">{title}</h2>
          <IconButton label={text.next[name]} onClick={() => move(1)}>
            <IconChevronRight size={22} aria-hidden="true" />
          </IconButton>
          <Button look="quiet" size="small" onClick={() => go({ day: today })}>
            {text.today}
          </Button>
          <span className="grow" />
          <Choice
            label={text.view}
            options={[
              { value: 'week', text: narrow ? text.views.days : text.views.week },
              { value: 'month', text: text.views.month },
              { value: 'list', text: text.views.list },
            ]}
            chosen={view}
            onChoose={(chosen) => go({ view: chosen })}
          />
        </div>
        {failed && <Failure error={failed.error} onRetry={() => void Promise.all([schedule.refetch(), hours.refetch(), timeOff.refetch()])} />}
        {schedule.error && schedule.data && (
          <Note tone="amber" role="status">
            {words.day.stale}
          </Note>
        )}
        {!plans && !failed && <div className={styles.waiting}>{slow && <Bar width="100%" height={520} round={12} />}</div>}
        {plans && view === 'week' && <Week plans={plans} zone={zone} at={at} />}
        {plans && view === 'month' && <Month month={monthOf(day)} plans={plans} today={today} zone={zone} />}
        {plans && view === 'list' && <DayLists plans={plans} zone={zone} today={today} />}
      </section>
    </>
  )
}
