import { dayNumber, monthShort, weekdayShort, type Day } from '@/shared/time'
import styles from './DateTile.module.css'

/** A leaf of a calendar. The full date stands in words beside it. */
export function DateTile({ day }: { day: Day }) {
  return (
    <div className={styles.tile} aria-hidden="true">
      <span>{monthShort(day)}</span>
      <b>{dayNumber(day)}</b>
      <span>{weekdayShort(day)}</span>
    </div>
  )
}
