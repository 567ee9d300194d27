import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { words } from '@/shared/text'
import { dayFull, minutesText, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { OverrideDialog } from './OverrideDialog'
import styles from './hours.module.css'
import { errorsOf, minutesOf, type Override, type Span } from './week'

const text = words.hours

function say(time: string): string {
  return minutesText(minutesOf(time) ?? 0)
}

export function saySpans(spans: readonly Span[]): string {
  return spans.length === 0 ? text.closed : text.open(spans.map(({ from, to }) => text.span(say(from), say(to))).join(', '))
}

interface Props {
  overrides: Override[]
  zone: Zone
  slotMinutes: number
  /** The fields that the server refused, such as `overrides.2027-12-24`. */
  refused: readonly string[]
  onChange: (overrides: Override[]) => void
}

export function DifferingDays({ overrides, zone, slotMinutes, refused, onChange }: Props) {
  const [opened, { open, close }] = useDisclosure(false)
  const [edited, setEdited] = useState<Override | null>(null)
  const start = (override: Override | null) => {
    setEdited(override)
    open()
  }
  const put = (override: Override) => {
    const others = overrides.filter(({ date }) => date !== override.date && date !== edited?.date)
    onChange([...others, override].sort((a, b) => a.date.localeCompare(b.date)))
    close()
  }
  return (
    <section className="card" aria-labelledby="differing-days">
      <div className={styles.cardHead}>
        <h2 id="differing-days">{text.differ}</h2>
        <Button look="outline" size="small" icon={<IconPlus size={18} aria-hidden="true" />} onClick={() => start(null)}>
          {text.add}
        </Button>
      </div>
      <ul className={styles.list}>
        {overrides.length === 0 && <li className="muted">{text.noDiffering}</li>}
        {overrides.map((override) => {
          const name = dayFull(override.date)
          const wrong = refused.includes(`overrides.${override.date}`) ? 'refused' : errorsOf(override.spans, slotMinutes).find((error) => error !== null)
          return (
            <li key={override.date}>
              <span className="grow">
                <b className="strong">{name}</b>
                <br />
                <span className="muted">{saySpans(override.spans)}</span>
                {wrong && <p className={wrong === 'tooShort' ? styles.hint : styles.error}>{text.errors[wrong]}</p>}
              </span>
              <Button look="quiet" size="small" aria-label={text.changeDayOf(name)} onClick={() => start(override)}>
                {text.changeDay}
              </Button>
              <Button
                look="quiet"
                size="small"
                aria-label={text.removeDayOf(name)}
                onClick={() => onChange(overrides.filter(({ date }) => date !== override.date))}
              >
                {text.remove}
              </Button>
            </li>
          )
        })}
      </ul>
      <OverrideDialog opened={opened} edited={edited} zone={zone} slotMinutes={slotMinutes} onClose={close} onPut={put} />
    </section>
  )
}
