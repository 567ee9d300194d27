import { Textarea } from '@mantine/core'
import { HoldRequest } from '@/shared/api/limits'
import { WhoFor } from '@/shared/people/WhoFor'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import styles from './doctor.module.css'

const text = words.doctor

interface Props {
  whom: string | undefined
  onWhom: (dependant: string | undefined) => void
  /** Null until somebody wants to write one. */
  reason: string | null
  onReason: (reason: string) => void
}

/** What a patient may say of a visit before they keep its time. */
export function Asked({ whom, onWhom, reason, onReason }: Props) {
  return (
    <div className={styles.asked}>
      <WhoFor value={whom} onChange={onWhom} />
      {reason === null ? (
        <Button look="quiet" size="small" className={styles.addNote} onClick={() => onReason('')}>
          {text.addReason}
        </Button>
      ) : (
        <Textarea
          label={text.reasonLabel}
          description={text.reasonHint}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={HoldRequest.reason.maxLength}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
          data-autofocus
        />
      )}
    </div>
  )
}
