import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { slotsQuery } from '@/shared/api/public'
import { words } from '@/shared/text'
import { addDays, clockText, dayLong, dayOf, groupByDay, minutesAhead, now, placeOf, type Day, type Zone } from '@/shared/time'
import { Button } from './Button'
import { classes } from './classes'
import { Clock } from './Clock'
import { Failure } from './Failure'
import styles from './FreeTimes.module.css'
import { Bar, useSlow } from './Skeleton'

const text = words.visit.times
/** How many days are looked at together. */
const REACH = 21

interface Props {
  doctorId: string
  zone: Zone
  /** The other party's clock, shown where it differs. */
  otherZone: Zone
  chosen: readonly string[]
  onToggle: (startsAt: string) => void
}

/** Free times of a doctor, day by day; outline is free, solid is chosen. */
export function FreeTimes({ doctorId, zone, otherZone, chosen, onToggle }: Props) {
  const [from, setFrom] = useState<Day>(() => dayOf(now(), zone))
  const [wanted, setWanted] = useState<Day | null>(null)
  const to = addDays(from, REACH)
  const slots = useQuery(slotsQuery(doctorId, from, to))
  const slow = useSlow(slots.isPending)
  const free = slots.data?.slots.filter(({ status }) => status === 'free') ?? []
  const days = groupByDay(free, ({ starts_at }) => starts_at, zone)
  const day = wanted && days.has(wanted) ? wanted : [...days.keys()][0]
  if (slots.error && !slots.data) return <Failure error={slots.error} onRetry={() => void slots.refetch()} />
  if (slots.isPending) return slow ? <Bar width="100%" height={150} round={12} /> : <div style={{ minHeight: 150 }} />
  return (
    <div className="stack" style={{ gap: 12 }}>
      {day === undefined ? (
        <p className="soft">{text.none(dayLong(addDays(to, -1)))}</p>
      ) : (
        <>
          <NativeSelect
            label={text.day}
            value={day}
            onChange={(event) => setWanted(event.currentTarget.value)}
            data={[...days].map(([value, found]) => ({ value, label: text.dayChoice(dayLong(value), found.length) }))}
          />
          <ul className={styles.times} aria-label={text.label}>
            {days.get(day)?.map(({ starts_at: start }) => {
              const mine = chosen.includes(start)
              return (
                <li key={start}>
                  <button type="button" className={classes(styles.time, mine && styles.chosen)} aria-pressed={mine} onClick={() => onToggle(start)}>
                    <Clock at={start} zone={zone} />
                    {minutesAhead(start, zone, otherZone) !== 0 && (
                      <span className={styles.other}>{text.theirs(clockText(start, otherZone), placeOf(otherZone))}</span>
                    )}
                  </button>
                </li>
              )
            })}
          </ul>
        </>
      )}
      <div>
        <Button look="quiet" size="small" onClick={() => setFrom(to)}>
          {text.later}
        </Button>
      </div>
    </div>
  )
}
