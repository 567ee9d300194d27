import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'

const text = words.find

/** The filters as a sheet from below, on telephones. */
export function FilterDialog({ total, onClose, children }: { total: number; onClose: () => void; children: ReactNode }) {
  return (
    <Modal opened onClose={onClose} title={text.filters} closeButtonProps={{ 'aria-label': words.common.close }}>
      {children}
      <div className="dialog-actions">
        <Button full onClick={onClose}>
          {text.show(total)}
        </Button>
      </div>
    </Modal>
  )
}
