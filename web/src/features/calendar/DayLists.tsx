import { doctorBadge, relationOf } from '@/shared/format/persons'
import { words } from '@/shared/text'
import { clockText, dayLong, minutesText, type Day, type Zone } from '@/shared/time'
import { OneBadge } from '@/shared/ui/AppointmentBadges'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import { VisitLink } from '@/shared/ui/VisitLink'
import styles from './calendar.module.css'
import { visitsOf, type Block, type DayPlan } from './grid'

const text = words.calendar

function openText({ open, away }: DayPlan): string {
  if (open.length === 0) return text.closed
  const spans = open.map(({ from, to }) => text.span(minutesText(from), minutesText(to))).join(', ')
  return away.length > 0 ? `${text.openHours(spans)}. ${text.timeOff}` : text.openHours(spans)
}

/** The same as the week, in words alone. */
export function DayLists({ plans, zone, today }: { plans: DayPlan[]; zone: Zone; today: Day }) {
  return (
    <div className={styles.lists}>
      {plans.map((plan) => (
        <section key={plan.day} className={classes(plan.day < today && styles.past)} aria-label={dayLong(plan.day)}>
          <h3>
            {dayLong(plan.day)} <span>{visitsOf(plan) === 0 ? text.noVisits : text.visits(visitsOf(plan))}</span>
          </h3>
          <p className="small muted inline-ap">{openText(plan)}</p>
          <ol>
            {plan.blocks.map((block) => (
              <One key={block.visit.id} block={block} zone={zone} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function One({ block: { visit }, zone }: { block: Block; zone: Zone }) {
  const pending = visit.status === 'pending'
  return (
    <li>
      <span className={styles.at}>
        <Clock at={visit.starts_at} zone={zone} />
      </span>
      <span className="grow">
        <VisitLink
          id={visit.id}
          className={styles.name}
          aria-label={pending ? undefined : words.visit.open(visit.patient.name, clockText(visit.starts_at, zone))}
        >
          {pending ? text.heldLong : visit.patient.name}
        </VisitLink>
        {!pending && <span className="muted small break">{[relationOf(visit.patient), visit.reason].filter(Boolean).join(' · ')}</span>}
      </span>
      <OneBadge badge={doctorBadge(visit)} />
    </li>
  )
}
