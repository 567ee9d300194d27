import { useInfiniteQuery } from '@tanstack/react-query'
import { IconHistory } from '@tabler/icons-react'
import { appointmentsQuery } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { doctorBadge, relationOf } from '@/shared/format/persons'
import { words } from '@/shared/text'
import { dayLong, dayOf, dayShort, placeOf, type Zone } from '@/shared/time'
import { OneBadge } from '@/shared/ui/AppointmentBadges'
import { Button } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Stars } from '@/shared/ui/Stars'
import { VisitLink } from '@/shared/ui/VisitLink'
import styles from './record.module.css'

const text = words.record

/** Date, time, patient, how it ended, and what the patient said: newest first. */
export function PastVisitsPage() {
  usePageTitle(text.title)
  const zone = useZone()
  const past = useInfiniteQuery(appointmentsQuery('past'))
  const slow = useSlow(past.isPending)
  const items = past.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <div className={styles.head}>
        <h1>{text.title}</h1>
        <p className="muted">{text.order(placeOf(zone))}</p>
      </div>
      {past.error && !items && <Failure error={past.error} onRetry={() => void past.refetch()} />}
      {slow && <Bar width="100%" height={420} round={18} />}
      {items?.length === 0 && (
        <div className={`card ${styles.empty ?? ''}`}>
          <IconHistory size={40} aria-hidden="true" />
          <h2>{text.empty}</h2>
          <p className="soft">{text.emptyText}</p>
        </div>
      )}
      {items && items.length > 0 && (
        <div className={`card ${styles.frame ?? ''}`}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{text.columns.when}</th>
                <th scope="col">{text.columns.patient}</th>
                <th scope="col">{text.columns.status}</th>
                <th scope="col">{text.columns.feedback}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((visit) => (
                <Row key={visit.id} visit={visit} zone={zone} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {past.hasNextPage && (
        <div className={styles.more}>
          <Button look="outline" busy={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
    </>
  )
}

function Row({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const { patient, feedback } = visit
  const day = dayOf(visit.starts_at, zone)
  const relation = relationOf(patient)
  return (
    <tr>
      <td className={styles.when}>
        <b className="strong">{dayShort(day)}</b> <Clock at={visit.starts_at} zone={zone} />
      </td>
      <th scope="row">
        <VisitLink id={visit.id} className={styles.name}>
          {patient.name}
        </VisitLink>
        {relation && <span className="muted small break">{relation}</span>}
      </th>
      <td data-label={text.columns.status}>
        <OneBadge badge={doctorBadge(visit)} />
      </td>
      <td data-label={text.columns.feedback}>
        {feedback ? (
          <span className="row wrap" style={{ gap: '2px 12px' }}>
            <Stars count={feedback.stars} />
            <VisitLink id={visit.id} hash="said" className={styles.details} aria-label={text.detailsOf(patient.name, dayLong(day))}>
              {text.details}
            </VisitLink>
          </span>
        ) : (
          <span className="muted">
            <span aria-hidden="true">{text.nothing}</span>
            <span className="sr">{text.nothingSpoken}</span>
          </span>
        )}
      </td>
    </tr>
  )
}
