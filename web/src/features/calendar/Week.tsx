import { words } from '@/shared/text'
import { clockText, dayLong, dayNumber, dayOf, hourText, wallClock, weekdayShort, type Zone } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import { useRoving } from '@/shared/ui/roving'
import { VisitLink } from '@/shared/ui/VisitLink'
import { Legend } from './Legend'
import styles from './calendar.module.css'
import { reachOf, visitsOf, type Block, type DayPlan, type Span } from './grid'
import { lookOf, nameOf, spokenOf } from './look'

const text = words.calendar
/** How high an hour is drawn, in the size of the page's text: so is every height here. */
const HOUR = 3.5
const LEAST = 1.625
const GAP = 0.125

const rem = (height: number) => `${height}rem`

/** Days side by side. To a screen reader it is a list of days, each with the list of its visits. */
export function Week({ plans, zone, at }: { plans: DayPlan[]; zone: Zone; at: number }) {
  const reach = reachOf(plans)
  const first = plans.flatMap(({ blocks }) => blocks)[0]
  const { box, item } = useRoving(first?.visit.id)
  const hours = Array.from({ length: (reach.to - reach.from) / 60 }, (_, index) => reach.from + index * 60)
  const height = ((reach.to - reach.from) / 60) * HOUR
  return (
    <>
      <div className={styles.week} style={{ gridTemplateColumns: `3.375rem repeat(${plans.length}, minmax(0, 1fr))` }} {...box}>
        <div className={styles.scale} style={{ height: rem(height) }} aria-hidden="true">
          {hours.slice(1).map((minutes) => (
            <span key={minutes} style={{ top: rem(((minutes - reach.from) / 60) * HOUR) }}>
              {hourText(minutes)}
            </span>
          ))}
        </div>
        {plans.map((plan) => (
          <Column key={plan.day} plan={plan} reach={reach} height={height} zone={zone} at={at} item={item} />
        ))}
      </div>
      <Legend />
      {first && <p className={`small muted ${styles.keys ?? ''}`}>{text.keys}</p>}
    </>
  )
}

interface ColumnProps {
  plan: DayPlan
  reach: Span
  height: number
  zone: Zone
  at: number
  item: ReturnType<typeof useRoving>['item']
}

function Column({ plan, reach, height, zone, at, item }: ColumnProps) {
  const { day, open, away, blocks } = plan
  const y = (minutes: number) => ((Math.min(Math.max(minutes, reach.from), reach.to) - reach.from) / 60) * HOUR
  const today = day === dayOf(at, zone)
  const { hour, minute } = wallClock(at, zone)
  const count = visitsOf(plan)
  return (
    <section className={styles.column} aria-label={`${dayLong(day)}, ${count === 0 ? text.noVisits : text.visits(count)}`}>
      <h3 className={classes(styles.dayHead, today && styles.today)} aria-hidden="true">
        {weekdayShort(day)}
        <b>{dayNumber(day)}</b>
      </h3>
      <div className={classes(styles.hours, 'hatched')} style={{ height: rem(height) }}>
        {open.map(({ from, to }) => (
          <i key={from} className={styles.open} style={{ top: rem(y(from)), height: rem(y(to) - y(from)) }} />
        ))}
        {away.map(({ from, to }) => (
          <i key={from} className={classes(styles.away, 'hatched')} style={{ top: rem(y(from)), height: rem(y(to) - y(from)) }} />
        ))}
        <State open={open} away={away} y={y} />
        {today && hour * 60 + minute >= reach.from && hour * 60 + minute <= reach.to && (
          <div className={styles.present} style={{ top: rem(y(hour * 60 + minute)) }}>
            <span className="sr">{text.now(clockText(at, zone))}</span>
          </div>
        )}
        <ol>
          {blocks.map((block) => (
            <BlockLink key={block.visit.id} block={block} zone={zone} top={y(block.from)} height={y(block.to) - y(block.from)} stop={item(block.visit.id)} />
          ))}
        </ol>
      </div>
    </section>
  )
}

/** Closed all day, or away: said in words too. */
function State({ open, away, y }: { open: Span[]; away: Span[]; y: (minutes: number) => number }) {
  const [first] = away
  if (first) return <p className={styles.state} style={{ top: rem(y(first.from) + 0.375) }}>{text.timeOff}</p>
  return open.length === 0 ? <p className={styles.state} style={{ top: rem(0.375) }}>{text.closed}</p> : null
}

function BlockLink({ block, zone, top, height, stop }: { block: Block; zone: Zone; top: number; height: number; stop: ReturnType<ColumnProps['item']> }) {
  const { visit } = block
  return (
    <li>
      <VisitLink
        {...stop}
        id={visit.id}
        className={classes(styles.block, styles[lookOf(visit)])}
        style={{ top: rem(top), height: rem(Math.max(LEAST, height - GAP)) }}
        aria-label={spokenOf(visit, zone)}
      >
        <span>{nameOf(visit)}</span>
      </VisitLink>
    </li>
  )
}
