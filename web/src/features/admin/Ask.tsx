import { Modal, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { VoidRequest } from '@/shared/api/limits'
import { wrongFields } from '@/shared/api/problem'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'

export interface Question {
  title: string
  text: string
  keep: string
  go: string
  /** The label of the words that go with it; none are asked for without one. */
  reason?: string
  longest?: number
  /** Whether it takes something from somebody. */
  harmful?: boolean
}

interface Props {
  opened: boolean
  question: Question
  busy: boolean
  error: Error | null
  onClose: () => void
  onGo: (reason: string) => void
  children?: ReactNode
}

/** Asks before something is done that somebody else feels, with the words that they will read. */
export function Ask({ opened, onClose, question, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={question.title} size={560} closeButtonProps={{ 'aria-label': words.common.close }}>
      <AskForm question={question} onClose={onClose} {...rest} />
    </Modal>
  )
}

function AskForm({ question, busy, error, onClose, onGo, children }: Omit<Props, 'opened'>) {
  const [reason, setReason] = useState('')
  const { reason: wrong, note } = fieldErrors(error)
  return (
    <div className="stack">
      <p>{question.text}</p>
      {children}
      {question.reason && (
        <Textarea
          label={question.reason}
          maxLength={question.longest ?? VoidRequest.reason.maxLength}
          autosize
          minRows={2}
          maxRows={8}
          value={reason}
          error={wrong ?? note}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {error && wrongFields(error).length === 0 && <Failure error={error} />}
      <div className="dialog-actions">
        <Button look="outline" onClick={onClose} data-autofocus>
          {question.keep}
        </Button>
        <Button look={question.harmful ? 'danger' : 'primary'} busy={busy} onClick={() => onGo(reason.trim())}>
          {question.go}
        </Button>
      </div>
    </div>
  )
}
