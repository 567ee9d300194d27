import { IconCheck } from '@tabler/icons-react'
import { words } from '@/shared/text'
import { classes } from '@/shared/ui/classes'
import styles from './register.module.css'

const text = words.register

export function Progress({ step }: { step: number }) {
  return (
    <div>
      <p className="muted small">{text.progress(step, text.steps.length)}</p>
      <ol className={styles.progress} aria-label={text.stepsLabel}>
        {text.steps.map((name, index) => {
          const number = index + 1
          return (
            <li key={name} className={classes(number === step && styles.here, number < step && styles.done)} aria-current={number === step ? 'step' : undefined}>
              <span className={styles.number} aria-hidden="true">
                {number < step ? <IconCheck size={18} /> : number}
              </span>
              {name}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
