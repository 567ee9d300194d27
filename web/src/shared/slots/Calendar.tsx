import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { Slot } from '@/shared/api/types'
import { words } from '@/shared/text'
import { addMonths, dayLong, dayNumber, monthGrid, monthName, weekdayLong, weekdayShort, addDays, weekStart, type Day, type Month } from '@/shared/time'
import { IconButton } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import { useRoving } from '@/shared/ui/roving'
import styles from './calendar.module.css'
import { monthLimits, viewOf, type DayView, type Reach } from './month'

const text = words.doctor

interface Props {
  month: Month
  chosen: Day | null
  reach: Reach
  /** Undefined while the month is on its way. */
  days: ReadonlyMap<Day, readonly Slot[]> | undefined
  onMonth: (month: Month) => void
  onDay: (day: Day) => void
}

function nameOf({ day, state, free }: DayView, today: boolean): string {
  const told = state === 'free' ? text.dayState.free(free) : text.dayState[state]
  return [dayLong(day), today && text.today, told].filter(Boolean).join(', ')
}

export function Calendar({ month, chosen, reach, days, onMonth, onDay }: Props) {
  const limits = monthLimits(reach)
  const weeks = monthGrid(month)
  const inMonth = weeks.flat().filter((day) => day !== null)
  const stop = inMonth.includes(chosen ?? '') ? chosen : inMonth.find((day) => day >= reach.today)
  const { box, item } = useRoving(stop ?? inMonth[0])
  const monday = weekStart(reach.today)
  const arrow = (label: string, to: Month, allowed: boolean, Icon: typeof IconChevronLeft) => (
    <IconButton label={label} aria-disabled={!allowed} onClick={() => allowed && onMonth(to)}>
      <Icon size={22} aria-hidden="true" />
    </IconButton>
  )
  return (
    <div className={styles.calendar}>
      <div className={styles.head}>
        <h2 aria-live="polite">{monthName(month)}</h2>
        <span className="row" style={{ gap: 0 }}>
          {arrow(text.monthBefore, addMonths(month, -1), month > limits.first, IconChevronLeft)}
          {arrow(text.monthAfter, addMonths(month, 1), month < limits.last, IconChevronRight)}
        </span>
      </div>
      <table className={styles.grid} aria-busy={!days}>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, index) => addDays(monday, index)).map((day) => (
              <th key={day} scope="col" abbr={weekdayLong(day)}>
                {weekdayShort(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...box}>
          {weeks.map((week, index) => (
            <tr key={week.find(Boolean) ?? index}>
              {week.map((day, column) => (
                <td key={day ?? column}>
                  {day && <DayButton view={viewOf(day, days?.get(day), reach)} today={day === reach.today} chosen={day === chosen} onDay={onDay} stop={item(day)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.legend} aria-hidden="true">
        <span>
          <i className={styles.keyFree} />
          {text.legendFree}
        </span>
        <span>
          <i className={styles.keyFull} />
          {text.legendFull}
        </span>
        <span>
          <i className={styles.keyToday} />
          {text.legendToday}
        </span>
        <span>{text.legendPale}</span>
      </div>
    </div>
  )
}

interface DayProps {
  view: DayView
  today: boolean
  chosen: boolean
  onDay: (day: Day) => void
  stop: { 'data-roving': string; tabIndex: number }
}

function DayButton({ view, today, chosen, onDay, stop }: DayProps) {
  const open = view.state === 'free' || view.state === 'full'
  return (
    <button
      type="button"
      {...stop}
      className={classes(styles.day, !open && styles.off, view.state === 'full' && styles.full, today && styles.today, chosen && styles.chosen)}
      aria-label={nameOf(view, today)}
      aria-pressed={chosen}
      aria-disabled={!open}
      onClick={() => open && onDay(view.day)}
    >
      {dayNumber(view.day)}
      <span className={styles.share} style={{ '--share': `${Math.round(view.share * 100)}%` } as CSSProperties} />
    </button>
  )
}
