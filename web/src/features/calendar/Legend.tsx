import { words } from '@/shared/text'
import styles from './calendar.module.css'

const text = words.calendar.legend

export function Legend() {
  return (
    <ul className={styles.legend} aria-hidden="true">
      {(['booked', 'held', 'done', 'missed'] as const).map((look) => (
        <li key={look}>
          <i className={styles[look]} />
          {text[look]}
        </li>
      ))}
      <li>
        <i className="hatched" />
        {text.closed}
      </li>
    </ul>
  )
}
