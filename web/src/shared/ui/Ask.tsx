import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { Button } from './Button'
import { Note } from './Note'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** The safe choice, on which the focus starts. */
  keep: string
  go: string
  danger?: boolean
  busy?: boolean
  /** While this is so there is nothing to agree to yet. */
  unready?: boolean
  error?: unknown
  onGo: () => void
}

/** Asks before something that cannot be taken back. */
export function Ask({ opened, onClose, title, children, keep, go, danger = false, busy = false, unready = false, error, onGo }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={580} closeButtonProps={{ 'aria-label': words.common.close }}>
      <div className="stack">
        {children}
        {error != null && (
          <Note tone="red" role="alert">
            {explain(error)}
          </Note>
        )}
        <div className="dialog-actions">
          <Button look="outline" onClick={onClose} data-autofocus>
            {keep}
          </Button>
          {!unready && (
            <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onGo}>
              {go}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
