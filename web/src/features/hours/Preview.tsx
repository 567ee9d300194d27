import { useRef } from 'react'
import { words } from '@/shared/text'
import { hourText } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import styles from './hours.module.css'
import { countWeek, previewOf, type HoursForm, type PreviewDay } from './week'

const text = words.hours
const HEIGHT = 412

interface Props {
  form: HoursForm
  saved: HoursForm
  dirty: boolean
  saving: boolean
  error: Error | null
  onUndo: () => void
  onSave: () => void
}

/** The hours that the week is drawn in: whole, and never a sliver. */
function reach(days: readonly PreviewDay[], slotMinutes: number): { from: number; to: number } {
  const starts = days.flatMap((day) => day.starts.map(({ at }) => at))
  if (starts.length === 0) return { from: 9 * 60, to: 17 * 60 }
  const from = Math.floor(Math.min(...starts) / 60) * 60
  const to = Math.ceil((Math.max(...starts) + slotMinutes) / 60) * 60
  return { from, to: Math.max(to, from + 240) }
}

export function Preview({ form, saved, dirty, saving, error, onUndo, onSave }: Props) {
  const count = countWeek(form)
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <section className={classes('card', styles.preview)} aria-labelledby="preview">
      <div className={styles.previewHead}>
        <h2 id="preview" ref={heading} tabIndex={-1}>{text.preview}</h2>
        <p className="muted small">{text.usualWeek}</p>
      </div>
      <div className={styles.count} role="status">
        <b>{count}</b>
        <span>
          {text.timesAWeek}
          <br />
          <em className={count === countWeek(saved) ? styles.unchanged : undefined}>{text.change(count - countWeek(saved))}</em>
        </span>
      </div>
      {count === 0 && <Note tone="amber">{text.nothingYet}</Note>}
      <Week form={form} saved={saved} />
      <div className={styles.legend} aria-hidden="true">
        <span>
          <i className={styles.slotMark} />
          {text.asSaved}
        </span>
        <span>
          <i className={classes(styles.slotMark, styles.newMark)} />
          {text.isNew}
        </span>
      </div>
      <div className={classes(styles.save, dirty && styles.dirty)} data-bottom-bar={dirty || undefined}>
        {error && <Failure error={error} />}
        {dirty && (
          <p className="small soft">
            <span>{text.unsaved}</span> <span className={styles.countShort}>{text.short(count)}</span>
            <button type="button" className={styles.see} onClick={() => heading.current?.focus()}>
              {text.seeWeek}
            </button>
          </p>
        )}
        <div className={styles.saveButtons}>
          <Button look="quiet" aria-disabled={!dirty} onClick={() => dirty && onUndo()}>
            {text.undo}
          </Button>
          <Button className="grow" busy={saving} aria-disabled={!dirty} onClick={() => dirty && onSave()}>
            {text.save}
          </Button>
        </div>
      </div>
    </section>
  )
}

function Week({ form, saved }: Pick<Props, 'form' | 'saved'>) {
  const days = previewOf(form, saved)
  const { from, to } = reach(days, form.slot_minutes)
  const y = (minutes: number) => ((minutes - from) / (to - from)) * HEIGHT
  const step = (to - from) / 60 > 6 ? 120 : 60
  const hours = Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step)
  const height = Math.max(4, y(from + form.slot_minutes) - 2)
  return (
    <div className={styles.week}>
      <div />
      {days.map(({ weekday, starts }) => (
        <div key={weekday} className={styles.weekday}>
          <b className="strong">{text.weekdaysShort[weekday]}</b>
          <span>{starts.length || '–'}</span>
        </div>
      ))}
      <div className={styles.hours} style={{ height: HEIGHT }} aria-hidden="true">
        {hours.map((minutes) => (
          <span key={minutes} style={{ top: y(minutes) }}>
            {hourText(minutes)}
          </span>
        ))}
      </div>
      {days.map(({ weekday, starts }) => (
        <div key={weekday} className={classes(styles.column, 'hatched')} style={{ height: HEIGHT }} aria-hidden="true">
          {starts.map(({ at, isNew }) => (
            <i key={at} className={classes(styles.slotMark, isNew && styles.newMark)} style={{ top: y(at), height }} />
          ))}
        </div>
      ))}
    </div>
  )
}
