import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { clockText, dayFull, dayOf, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'
import { Stars } from '@/shared/ui/Stars'
import styles from './feedback.module.css'

const text = words.feedback

interface Props {
  appointment: Appointment
  feedback: NonNullable<Appointment['feedback']>
  zone: Zone
  closesAt: string | null
  /** Nothing where it can no longer be changed. */
  onChange: (() => void) | null
}

/** What was said, and what the doctor answered. */
export function Given({ appointment, feedback, zone, closesAt, onChange }: Props) {
  const { stars, title, review, answer, answered_at: answeredAt, given_at: givenAt, edited_at: editedAt } = feedback
  const until = closesAt ? text.until(dayFull(dayOf(closesAt, zone)), clockText(closesAt, zone)) : ''
  return (
    <>
      {feedback.hidden && <Note tone="amber">{feedback.hidden_reason ? text.hidden(feedback.hidden_reason) : text.hiddenPlain}</Note>}
      <section className="card pad stack" aria-label={text.yours}>
        <div className="row wrap">
          <Stars count={stars} />
          <span className="muted small">{dayFull(dayOf(editedAt ?? givenAt, zone))}</span>
        </div>
        <div>
          <h2 className={styles.title}>{title}</h2>
          {review && <p className={styles.review}>{review}</p>}
        </div>
        {answer && (
          <div className={styles.answer}>
            <b className="strong">{text.answered(appointment.doctor.name)}</b>
            {answeredAt && <span className="muted small"> {dayFull(dayOf(answeredAt, zone))}</span>}
            <p className={styles.review}>{answer}</p>
          </div>
        )}
        <p className="muted small">{onChange ? until : text.closed}</p>
        {onChange && (
          <div>
            <Button look="outline" onClick={onChange}>
              {text.edit}
            </Button>
          </div>
        )}
      </section>
    </>
  )
}
