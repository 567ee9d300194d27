import { IconCheck } from '@tabler/icons-react'
import { words } from '@/shared/text'
import styles from './booking.module.css'

const text = words.booking.steps

export function Steps() {
  return (
    <ol className={styles.steps} aria-label={text.label}>
      <li className={styles.done}>
        <span>
          <IconCheck size={16} aria-hidden="true" />
        </span>
        {text.time}
      </li>
      <li className={styles.current} aria-current="step">
        <span>2</span>
        {text.check}
      </li>
      <li>
        <span>3</span>
        {text.pay}
      </li>
    </ol>
  )
}
