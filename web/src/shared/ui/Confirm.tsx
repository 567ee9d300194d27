import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { Button } from './Button'
import { Note } from './Note'

interface Props {
  asked: boolean
  ask: { title: string; text: string; keep: string; go: string }
  /** What went wrong the last time; `explained` where the page knows better words. */
  error?: unknown
  explained?: ReactNode
  busy: boolean
  onKeep: () => void
  onGo: () => void
  children?: ReactNode
}

/** Asked before what cannot be undone. The focus starts on the choice that changes nothing. */
export function Confirm({ asked, ask, error, explained, busy, onKeep, onGo, children }: Props) {
  return (
    <Modal opened={asked} onClose={onKeep} title={ask.title} size={520} closeButtonProps={{ 'aria-label': words.common.close }}>
      <div className="stack">
        <p className="soft">{ask.text}</p>
        {children}
        {error != null && (
          <Note tone="red" role="alert">
            {explained ?? explain(error)}
          </Note>
        )}
        <div className="dialog-actions">
          <Button look="outline" onClick={onKeep} data-autofocus>
            {ask.keep}
          </Button>
          <Button look="danger" busy={busy} onClick={onGo}>
            {ask.go}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
