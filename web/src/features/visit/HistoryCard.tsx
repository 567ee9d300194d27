import { useQuery } from '@tanstack/react-query'
import type { Appointment, Happening } from '@/shared/api/types'
import { visitHistoryQuery } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort, type Zone } from '@/shared/time'
import { Clock } from '@/shared/ui/Clock'
import { Failure } from '@/shared/ui/Failure'
import styles from './visit.module.css'

const text = words.visit.history

function whatOf({ what, starts_at: to }: Happening, zone: Zone): string {
  return what === 'reschedule' ? text.moved(dayShort(dayOf(to, zone)), clockText(to, zone)) : text.what[what]
}

/** Everything that was done to the visit, and by whom, oldest first. */
export function HistoryCard({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const history = useQuery(visitHistoryQuery(visit.id, visit.version))
  return (
    <section className="card pad stack" aria-labelledby="history">
      <h2 id="history">{text.title}</h2>
      {history.error && <Failure error={history.error} onRetry={() => void history.refetch()} />}
      <ol className={styles.history}>
        {history.data?.map((each) => (
          <li key={`${each.at}${each.what}`}>
            <span className="muted small inline-ap">
              {dayShort(dayOf(each.at, zone))}, <Clock at={each.at} zone={zone} />
            </span>
            <span>
              {whatOf(each, zone)} <span className="muted">· {text.by[each.by]}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
