import type { TimeOffAnswer } from '@/shared/api/types'
import { words } from '@/shared/text'
import { dayOf, dayShort, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Note } from '@/shared/ui/Note'
import { describeSpan } from './away'
import styles from './hours.module.css'

const text = words.hours.timeOff

interface Props {
  answer: TimeOffAnswer
  zone: Zone
  busy: boolean
  onChooseOther: () => void
  onConfirm: () => void
}

/** Whom the time off would touch, and what would happen to them. */
export function Conflicts({ answer, zone, busy, onChooseOther, onConfirm }: Props) {
  const { conflicts } = answer
  return (
    <Note
      tone="amber"
      role="alert"
      title={text.touches(describeSpan(answer, zone), conflicts.length)}
      actions={
        <>
          <Button look="outline" size="small" onClick={onChooseOther}>
            {text.choose}
          </Button>
          <Button look="dangerOutline" size="small" busy={busy} onClick={onConfirm}>
            {text.confirm(conflicts.length)}
          </Button>
        </>
      }
    >
      <ul className={styles.conflicts}>
        {conflicts.map(({ id, starts_at, patient }) => (
          <li key={id}>
            <b className="strong inline-ap">
              {dayShort(dayOf(starts_at, zone))}, <Clock at={starts_at} zone={zone} />
            </b>
            <span className="break">{patient.name}</span>
          </li>
        ))}
      </ul>
      {text.consequence(conflicts.length)}
    </Note>
  )
}
