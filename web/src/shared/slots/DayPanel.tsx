import { useEffect, useRef } from 'react'
import type { DoctorDetail } from '@/shared/api/types'
import { Problem } from '@/shared/api/problem'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { addMonths, clockText, dayLong, monthName, type Day, type Month, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { DayStrip } from './DayStrip'
import { SlotList } from './SlotList'
import { countFree, type SlotView } from './dayparts'
import styles from './chooser.module.css'
import { monthLimits, type Reach } from './month'

const text = words.doctor

interface Props {
  month: Month
  day: Day | null
  views: SlotView[]
  zone: Zone
  doctor: DoctorDetail
  twoZones: boolean
  reach: Reach
  loading: boolean
  nextFree: Day | null
  /** A time that was wanted and could not be had; without an error somebody else took it while it was looked at. */
  refused: { error: unknown; at: string } | null
  explainRefused: ((error: unknown, time: string) => string) | undefined
  onChoose: (startsAt: string) => void
  onDay: (day: Day) => void
  onMonth: (month: Month) => void
}

export function DayPanel({ month, day, views, zone, doctor, twoZones, reach, loading, nextFree, refused, explainRefused, onChoose, onDay, onMonth }: Props) {
  const slow = useSlow(loading)
  const free = countFree(views)
  if (loading) return slow ? <SkeletonDay /> : null
  return (
    <>
      {refused && <Refused key={refused.at} refused={refused} zone={zone} say={explainRefused} />}
      {day ? (
        <>
          <div className={styles.dayHead}>
            <h2>{dayLong(day)}</h2>
            <span className={styles.freeCount} aria-live="polite">
              {text.freeCount(free)}
            </span>
          </div>
          <DayStrip views={views} zone={zone} doctorZone={doctor.time_zone} twoZones={twoZones} />
          <SlotList views={views} zone={zone} doctorZone={doctor.time_zone} twoZones={twoZones} onChoose={onChoose} />
          {free === 0 && (
            <div className={styles.nothing}>
              <p>{views.length > 0 ? text.allTaken : text.noSlotsDay}</p>
              {nextFree && (
                <Button look="outline" size="small" onClick={() => onDay(nextFree)}>
                  {text.nextFree(dayLong(nextFree))}
                </Button>
              )}
            </div>
          )}
        </>
      ) : (
        <NothingThisMonth month={month} reach={reach} onMonth={onMonth} />
      )}
    </>
  )
}

/** The time that was wanted is gone. On a telephone the list above is out of sight, so the page goes back to it. */
function Refused({ refused, zone, say }: { refused: NonNullable<Props['refused']>; zone: Zone; say: Props['explainRefused'] }) {
  const error = refused.error ?? new Problem('slot-taken')
  const time = clockText(refused.at, zone)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Not its answer: newer browsers give a promise, which React would call when the effect ends.
    box.current?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <div ref={box} className={styles.refused}>
      <Note tone="amber" role="alert">
        {say ? say(error, time) : explain(error, { time })}
      </Note>
    </div>
  )
}

function NothingThisMonth({ month, reach, onMonth }: { month: Month; reach: Reach; onMonth: (month: Month) => void }) {
  const next = addMonths(month, 1)
  return (
    <div className={styles.nothing} role="status">
      <p>{text.noneThisMonth(monthName(month))}</p>
      {next <= monthLimits(reach).last && (
        <Button look="outline" size="small" onClick={() => onMonth(next)}>
          {text.lookNextMonth(monthName(next))}
        </Button>
      )}
    </div>
  )
}

function SkeletonDay() {
  return (
    <div className="stack" aria-hidden="true">
      <Bar width="60%" height={28} />
      <Bar width="100%" height={64} />
      <div className={styles.skeletonSlots}>
        {Array.from({ length: 8 }, (_, index) => (
          <Bar key={index} width="100%" height={64} round={12} />
        ))}
      </div>
    </div>
  )
}
