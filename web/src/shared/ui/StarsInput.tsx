import { useId, useState } from 'react'
import { words } from '@/shared/text'
import { classes } from './classes'
import { Star } from './Stars'
import styles from './StarsInput.module.css'

interface Props {
  legend: string
  value: number
  error?: string | undefined
  onChange: (stars: number) => void
}

const { star, starNames } = words.feedback

/** One to five, as five radio buttons: arrow keys move among them, a screen reader says each with its meaning. */
export function StarsInput({ legend, value, error, onChange }: Props) {
  const id = useId()
  const [near, setNear] = useState(0)
  const lit = near || value
  return (
    <fieldset className={styles.field} aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      <div className={styles.stars} onPointerLeave={() => setNear(0)}>
        {[1, 2, 3, 4, 5].map((count) => (
          <label key={count} className={classes(styles.star, count <= lit && styles.lit)} onPointerEnter={(event) => event.pointerType === 'mouse' && setNear(count)}>
            <input
              type="radio"
              name={id}
              value={count}
              checked={value === count}
              aria-label={star(count, starNames[count - 1] ?? '')}
              onChange={() => onChange(count)}
            />
            <Star />
          </label>
        ))}
        <span className={styles.name} aria-hidden="true">
          {starNames[lit - 1]}
        </span>
      </div>
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
