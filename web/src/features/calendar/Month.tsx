import { Link } from '@tanstack/react-router'
import { words } from '@/shared/text'
import { clockText, dayLong, dayNumber, monthGrid, weekdayLong, weekdayShort, type Day, type Month as MonthName, type Zone } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import { useRoving } from '@/shared/ui/roving'
import { Legend } from './Legend'
import styles from './calendar.module.css'
import { visitsOf, type DayPlan } from './grid'
import { lookOf, nameOf } from './look'

const text = words.calendar
/** How many visits of a day have room in its cell. */
const ROOM = 3
/** A week that begins on a Monday, for the names of its days. */
const NAMES: Day[] = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']

export function Month({ month, plans, today, zone }: { month: MonthName; plans: DayPlan[]; today: Day; zone: Zone }) {
  const byDay = new Map(plans.map((plan) => [plan.day, plan]))
  const { box, item } = useRoving(byDay.has(today) ? today : plans[0]?.day)
  return (
    <>
      <table className={styles.month} {...box}>
        <thead>
          <tr>
            {NAMES.map((day) => (
              <th key={day} scope="col">
                <span aria-hidden="true">{weekdayShort(day)}</span>
                <span className="sr">{weekdayLong(day)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthGrid(month).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, index) => {
                const plan = day && byDay.get(day)
                return <td key={day ?? index}>{plan && <Cell plan={plan} today={today} zone={zone} stop={item(plan.day)} />}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </>
  )
}

function stateOf({ open, away }: DayPlan): string | null {
  if (away.length > 0) return text.timeOff
  return open.length === 0 ? text.closed : null
}

function Cell({ plan, today, zone, stop }: { plan: DayPlan; today: Day; zone: Zone; stop: { 'data-roving': string; tabIndex: number } }) {
  const { day, blocks } = plan
  const count = visitsOf(plan)
  const state = stateOf(plan)
  const what = [count === 0 ? text.noVisits : text.visits(count), state].filter(Boolean).join(', ')
  return (
    <Link
      {...stop}
      to="/calendar"
      search={{ day }}
      className={classes(styles.cell, state !== null && 'hatched', day < today && styles.past, day === today && styles.cellToday)}
      activeOptions={{ exact: true, includeSearch: true }}
      aria-current={day === today ? 'date' : undefined}
    >
      <span className="sr">{text.openDay(dayLong(day), what)}</span>
      <b aria-hidden="true">{dayNumber(day)}</b>
      {count > 0 && (
        <span className={styles.count} aria-hidden="true">
          {count}
        </span>
      )}
      <span className={styles.lines} aria-hidden="true">
        {blocks.slice(0, ROOM).map(({ visit }) => (
          <span key={visit.id} className={classes(styles.line, styles[lookOf(visit)])}>
            {clockText(visit.starts_at, zone)} {nameOf(visit)}
          </span>
        ))}
        {blocks.length > ROOM && <span className={styles.rest}>{text.more(blocks.length - ROOM)}</span>}
        {blocks.length === 0 && state && <span className={styles.rest}>{state}</span>}
      </span>
    </Link>
  )
}
