import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable } from '@/shared/api/intent'
import { answerFeedback, refreshVisits } from '@/shared/api/doctorVisits'
import { AnswerRequest } from '@/shared/api/limits'
import type { DoctorFeedback } from '@/shared/api/types'
import { words } from '@/shared/text'
import { dayFull, dayOf, type Zone } from '@/shared/time'
import { Ask } from './Ask'
import { Button } from './Button'
import styles from './FeedbackSaid.module.css'
import { notify } from './notify'
import { Stars } from './Stars'

const text = words.visit.feedback

interface Props {
  appointmentId: string
  feedback: DoctorFeedback['feedback']
  zone: Zone
  /** Whether the doctor may still answer. */
  open: boolean
}

/** What a patient said, to be read, and the doctor's one answer. */
export function FeedbackSaid({ appointmentId, feedback, zone, open }: Props) {
  const { stars, title, review, given_at: given, edited_at: edited, answer, answered_at: answered } = feedback
  return (
    <div className="stack" style={{ gap: 12 }}>
      <p className="row wrap" style={{ gap: 10 }}>
        <Stars count={stars} />
        <span className="muted small">
          {dayFull(dayOf(given, zone))}
          {edited && `, ${text.edited}`}
        </span>
      </p>
      {title && <b className="strong break">{title}</b>}
      {review && <p className={styles.words}>{review}</p>}
      {answer && (
        <blockquote className={styles.answer}>
          <b className="strong">{text.answer}</b>
          <p className={styles.words}>{answer}</p>
          {answered && <footer className="small muted">{text.answered(dayFull(dayOf(answered, zone)))}</footer>}
        </blockquote>
      )}
      {open && !answer && <Answer appointmentId={appointmentId} />}
    </div>
  )
}

function Answer({ appointmentId }: { appointmentId: string }) {
  const [writing, setWriting] = useState(false)
  const [answer, setAnswer] = useState('')
  const [tried, setTried] = useState(false)
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const send = useMutation({
    ...repeatable,
    mutationFn: () => answerFeedback(appointmentId, answer.trim()),
    onSuccess: () => void notify(text.done),
    onSettled: () => refreshVisits(queries),
  })
  if (!writing)
    return (
      <div>
        <Button look="outline" size="small" onClick={() => setWriting(true)}>
          {text.write}
        </Button>
      </div>
    )
  const empty = answer.trim() === ''
  return (
    <div className="stack" style={{ gap: 12 }}>
      <Textarea
        label={text.answer}
        description={text.hint}
        rows={4}
        maxLength={AnswerRequest.answer.maxLength}
        value={answer}
        error={tried && empty && text.missing}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <div className="row wrap">
        <Button look="outline" size="small" onClick={() => setWriting(false)}>
          {text.keep}
        </Button>
        <Button
          size="small"
          onClick={() => {
            setTried(true)
            setAsking(!empty)
          }}
        >
          {text.preview}
        </Button>
      </div>
      <Ask opened={asking} onClose={() => setAsking(false)} title={text.ask.title} keep={text.ask.keep} go={text.go} busy={send.isPending} error={send.error} onGo={() => send.mutate()}>
        <p className="soft">{text.ask.text}</p>
        <blockquote className={styles.answer}>
          <p className={styles.words}>{answer.trim()}</p>
        </blockquote>
      </Ask>
    </div>
  )
}
