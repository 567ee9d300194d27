import type { Appointment } from '@/shared/api/types'
import { doctorBadge, relationOf } from '@/shared/format/persons'
import { words } from '@/shared/text'
import { clockText, dayLong, type Day, type Zone } from '@/shared/time'
import { OneBadge } from '@/shared/ui/AppointmentBadges'
import { Avatar } from '@/shared/ui/Avatar'
import { Clock } from '@/shared/ui/Clock'
import { VisitLink } from '@/shared/ui/VisitLink'
import styles from './today.module.css'

const text = words.staff.today

export function ComingDays({ days, zone }: { days: Map<Day, Appointment[]>; zone: Zone }) {
  return (
    <section className={`card ${styles.ahead ?? ''}`} aria-labelledby="coming-days">
      <h2 id="coming-days">{text.upcoming}</h2>
      {days.size === 0 && <p className="soft">{text.upcomingNone}</p>}
      {[...days].map(([day, visits]) => (
        <div key={day} className={styles.comingDay}>
          <h3>
            {dayLong(day)} <span>{text.visits(visits.filter(({ status }) => status !== 'pending').length)}</span>
          </h3>
          <ul>
            {visits.map((visit) => (
              <li key={visit.id}>
                <span className={styles.comingTime}>
                  <Clock at={visit.starts_at} zone={zone} />
                </span>
                {visit.status === 'pending' ? (
                  <span className="grow">{visit.hold_kind === 'follow_up' ? words.visit.followUp.kept : text.held}</span>
                ) : (
                  <>
                    <Avatar name={visit.patient.name} size="tiny" />
                    <span className="grow">
                      <VisitLink
                        id={visit.id}
                        className={styles.comingName}
                        aria-label={words.visit.open(visit.patient.name, `${dayLong(day)}, ${clockText(visit.starts_at, zone)}`)}
                      >
                        {visit.patient.name}
                      </VisitLink>
                      <span className="muted small break">{[relationOf(visit.patient), visit.reason].filter(Boolean).join(' · ')}</span>
                    </span>
                  </>
                )}
                <OneBadge badge={doctorBadge(visit)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
