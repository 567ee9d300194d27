import { Link } from '@tanstack/react-router'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import styles from './admin.module.css'
import { whenText } from './when'

/** Visits in a line each: time, who comes, what it costs. */
export function VisitLines({ visits, more = false, linked = false }: { visits: Appointment[]; more?: boolean; linked?: boolean }) {
  const zone = useZone()
  return (
    <ul className={styles.visits}>
      {visits.map((visit) => (
        <li key={visit.id}>
          <b className="strong">
            {linked ? (
              <Link to="/admin/visits/$appointmentId" params={{ appointmentId: visit.id }}>
                {whenText(visit.starts_at, zone)}
              </Link>
            ) : (
              whenText(visit.starts_at, zone)
            )}
          </b>
          <span className="grow break">{visit.patient.name}</span>
          <span className="muted">{formatMoney(visit.quote.total)}</span>
        </li>
      ))}
      {more && <li className="muted">{words.admin.doctor.visitsCount(visits.length, true)}</li>}
    </ul>
  )
}

/** The same in a box that scrolls in itself, so that a dialog keeps its buttons near. */
export function VisitBox({ visits, more }: { visits: Appointment[]; more: boolean }) {
  return (
    // A box that scrolls must be reachable for the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.box} tabIndex={0} role="group" aria-label={words.admin.decide.ahead}>
      <VisitLines visits={visits} more={more} />
    </div>
  )
}
