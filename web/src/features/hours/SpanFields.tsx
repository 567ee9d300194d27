import { IconTrash } from '@tabler/icons-react'
import { useId } from 'react'
import { words } from '@/shared/text'
import { IconButton } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import styles from './hours.module.css'
import { errorsOf, type Span } from './week'

const text = words.hours

interface Props {
  /** The day's name, for the labels. */
  name: string
  spans: Span[]
  /** What is stored, to mark what was changed. */
  saved?: Span[]
  slotMinutes: number
  onChange: (spans: Span[]) => void
}

/** From–to pairs. Midnight as the end of a day is 12:00 am. */
export function SpanFields({ name, spans, saved, slotMinutes, onChange }: Props) {
  const id = useId()
  const errors = errorsOf(spans, slotMinutes)
  const set = (index: number, part: Partial<Span>) => onChange(spans.map((span, place) => (place === index ? { ...span, ...part } : span)))
  return (
    <>
      {spans.map((span, index) => {
        const error = errors[index]
        const wrong = error && error !== 'tooShort'
        const field = (key: keyof Span, label: string) => (
          <input
            type="time"
            className={classes(styles.time, saved && saved[index]?.[key] !== span[key] && styles.changed, wrong && styles.wrong)}
            aria-label={label}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={error ? `${id}${index}` : undefined}
            value={span[key]}
            onChange={(event) => set(index, { [key]: event.currentTarget.value })}
          />
        )
        return (
          // The place in the list is a span's only identity.
          <div key={index}>
            <div className={styles.span}>
              {field('from', text.from(name))}
              <span className={styles.to}>{text.to}</span>
              {field('to', text.until(name))}
              <IconButton label={text.removeSpan(name, span.from, span.to)} onClick={() => onChange(spans.filter((_, place) => place !== index))}>
                <IconTrash size={18} aria-hidden="true" />
              </IconButton>
            </div>
            {error && (
              <p id={`${id}${index}`} className={wrong ? styles.error : styles.hint}>
                {text.errors[error]}
              </p>
            )}
          </div>
        )
      })}
    </>
  )
}
