import type { PolicyStep } from '@/shared/api/types'
import { words } from '@/shared/text'
import { dayOf, dayShort, hoursBefore, useNow, type Moment, type Zone } from '@/shared/time'
import { classes } from './classes'
import { Clock } from './Clock'
import styles from './PolicyBar.module.css'

interface Props {
  policy: readonly PolicyStep[]
  startsAt: string
  zone: Zone
  /** Up to when the server says that the present refund holds: marks the step that one is in. */
  presentUntil?: string | null
}

function labelOf(percent: number): string {
  const { all, half, some } = words.booking.policy
  return percent === 100 ? all : percent === 50 ? half : some(percent)
}

function Until({ at, zone, present, over }: { at: Moment; zone: Zone; present: boolean; over: boolean }) {
  const { now, until, overSince } = words.booking.policy
  return (
    <span className={present ? styles.present : undefined}>
      {present && <b>{now}, </b>}
      {over ? overSince : until} {dayShort(dayOf(at, zone))}, <Clock at={at} zone={zone} />
    </span>
  )
}

/** How much comes back and until when, as a bar from left to right. */
export function PolicyBar({ policy, startsAt, zone, presentUntil }: Props) {
  const at = useNow()
  const shares = [...policy.map(() => '1fr'), '0.75fr'].join(' ')
  const deadlines = policy.map((step) => hoursBefore(startsAt, step.hours_before))
  return (
    <ol className={styles.bar} style={{ gridTemplateColumns: shares }}>
      {policy.map((step, index) => {
        const deadline = deadlines[index]
        const over = deadline !== undefined && deadline.getTime() < at
        return (
          <li key={step.hours_before}>
            <b className={classes(styles.label, over ? styles.none : step.percent === 100 ? styles.all : styles.part)}>{labelOf(step.percent)}</b>
            {deadline && (
              <Until at={deadline} zone={zone} over={over} present={presentUntil != null && Date.parse(presentUntil) === deadline.getTime()} />
            )}
          </li>
        )
      })}
      <li>
        <b className={classes(styles.label, styles.none)}>{words.booking.policy.none}</b>
        <span>{policy.length > 0 && words.booking.policy.afterThat}</span>
      </li>
    </ol>
  )
}
