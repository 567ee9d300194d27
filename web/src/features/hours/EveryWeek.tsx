import { Checkbox } from '@mantine/core'
import { IconCopy, IconPlus } from '@tabler/icons-react'
import { words } from '@/shared/text'
import { Button, IconButton } from '@/shared/ui/Button'
import { notify } from '@/shared/ui/notify'
import { SpanFields } from './SpanFields'
import styles from './hours.module.css'
import { USUAL, WEEKDAYS, nextSpan, type HoursForm, type Span, type Weekday } from './week'

const text = words.hours

interface Props {
  form: HoursForm
  saved: HoursForm
  /** The fields that the server refused, such as `weekly.monday`. */
  refused: readonly string[]
  onWeek: (week: HoursForm['week']) => void
}

export function EveryWeek({ form, saved, refused, onWeek }: Props) {
  const set = (day: Weekday, spans: Span[]) => onWeek({ ...form.week, [day]: spans })
  const copy = () => {
    const { monday } = form.week
    onWeek({ ...form.week, tuesday: [...monday], wednesday: [...monday], thursday: [...monday], friday: [...monday] })
    void notify(text.copyDone)
  }
  return (
    <section className="card" aria-labelledby="every-week">
      <div className={styles.cardHead}>
        <h2 id="every-week">{text.everyWeek}</h2>
        <Button look="quiet" size="small" icon={<IconCopy size={18} aria-hidden="true" />} onClick={copy}>
          {text.copyMonday}
        </Button>
      </div>
      <ol>
        {WEEKDAYS.map((day) => (
          <DayRow
            key={day}
            day={day}
            spans={form.week[day]}
            saved={saved.week[day]}
            slotMinutes={form.slot_minutes}
            refused={refused.includes(`weekly.${day}`)}
            onChange={(spans) => set(day, spans)}
          />
        ))}
      </ol>
    </section>
  )
}

interface DayProps {
  day: Weekday
  spans: Span[]
  saved: Span[]
  slotMinutes: number
  refused: boolean
  onChange: (spans: Span[]) => void
}

function DayRow({ day, spans, saved, slotMinutes, refused, onChange }: DayProps) {
  const name = text.weekdays[day]
  const open = spans.length > 0
  const next = nextSpan(spans)
  return (
    <li className={styles.day}>
      <Checkbox
        className={styles.dayName}
        label={<b className="strong">{name}</b>}
        checked={open}
        onChange={(event) => onChange(event.currentTarget.checked ? (saved.length > 0 ? saved : [USUAL]) : [])}
      />
      <div className={styles.spans}>
        {open ? (
          <SpanFields name={name} spans={spans} saved={saved} slotMinutes={slotMinutes} onChange={onChange} />
        ) : (
          <span className={styles.closed}>{text.closed}</span>
        )}
        {refused && <p className={styles.error}>{text.errors.refused}</p>}
      </div>
      <IconButton label={text.addSpan(name)} className={styles.add} aria-disabled={!next} onClick={() => next && onChange([...spans, next])}>
        <IconPlus size={20} aria-hidden="true" />
      </IconButton>
    </li>
  )
}
