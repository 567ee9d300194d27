import { IconVideo } from '@tabler/icons-react'
import { Fragment } from 'react'
import { doctorBadge, relationOf } from '@/shared/format/persons'
import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { clock, clockText, minutesBetween, soon, type Zone } from '@/shared/time'
import { OneBadge } from '@/shared/ui/AppointmentBadges'
import { Avatar } from '@/shared/ui/Avatar'
import { ButtonAnchor } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import { VisitSteps } from '@/shared/ui/VisitSteps'
import { VisitLink } from '@/shared/ui/VisitLink'
import { nowBefore, type Row } from './day'
import styles from './today.module.css'

const text = words.staff.today

/** The line of the day: what is over recedes, what is on or next stands out, and a line says where the day has come to. */
export function DayList({ rows, zone, at }: { rows: Row[]; zone: Zone; at: number }) {
  const line = nowBefore(rows, at)
  return (
    <section className={`card ${styles.dayCard ?? ''}`} aria-label={text.list}>
      <ol>
        {rows.map((row, index) => (
          <Fragment key={row.key}>
            {index === line && <NowLine zone={zone} at={at} />}
            <li className={classes(styles.item, styles[row.look], (row.look === 'now' || row.look === 'next') && styles.stand)}>
              <div className={styles.times}>
                {clock(row.startsAt, zone).digits}
                <small>{clockText(row.endsAt, zone)}</small>
              </div>
              <div className={styles.rail} aria-hidden="true" />
              <Body row={row} zone={zone} at={at} />
            </li>
          </Fragment>
        ))}
        {line === rows.length && <NowLine zone={zone} at={at} />}
      </ol>
    </section>
  )
}

function NowLine({ zone, at }: { zone: Zone; at: number }) {
  return (
    <li className={styles.nowLine}>
      <span>{words.day.now(clockText(at, zone))}</span>
    </li>
  )
}

function Body({ row, zone, at }: { row: Row; zone: Zone; at: number }) {
  const { look, visit } = row
  if (!visit)
    return (
      <div className={styles.body}>
        <div className="grow">
          <div className={styles.name}>{text.free}</div>
          <div className={styles.reason}>{text.freeText}</div>
        </div>
      </div>
    )
  if (look === 'hold')
    return (
      <div className={styles.body}>
        <div className="grow">
          <div className={styles.name}>{visit.hold_kind === 'follow_up' ? words.visit.followUp.kept : text.held}</div>
          {visit.hold_expires_at && <div className={styles.reason}>{text.keptUntil(clockText(visit.hold_expires_at, zone))}</div>}
        </div>
      </div>
    )
  const stands = look === 'now' || look === 'next'
  return (
    <div className={styles.body}>
      {stands && <StandHead row={row} visit={visit} at={at} />}
      {(stands || look === 'coming') && <Avatar name={visit.patient.name} size={stands ? 'small' : 'tiny'} />}
      <Whom visit={visit} zone={zone} />
      {!stands && look !== 'coming' && <OneBadge badge={doctorBadge(visit)} />}
      <div className={styles.acts}>
        {visit.meeting.join_url && (
          <ButtonAnchor
            href={visit.meeting.join_url}
            target="_blank"
            rel="noopener"
            size="small"
            look={stands ? 'primary' : 'outline'}
            icon={<IconVideo size={18} aria-hidden="true" />}
            aria-label={`${text.join}: ${visit.patient.name}`}
          >
            {text.join}
          </ButtonAnchor>
        )}
        <VisitSteps visit={visit} zone={zone} />
      </div>
    </div>
  )
}

function StandHead({ row, visit, at }: { row: Row; visit: Appointment; at: number }) {
  const left = row.look === 'now' ? words.day.left(words.common.minutes(Math.max(1, minutesBetween(at, row.endsAt)))) : soon(row.startsAt, at)
  return (
    <div className={styles.standHead}>
      <span>{[row.look === 'now' ? text.now : text.next, left].filter(Boolean).join(', ')}</span>
      <OneBadge badge={doctorBadge(visit)} />
    </div>
  )
}

function Whom({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const { patient } = visit
  const relation = relationOf(patient)
  return (
    <div className="grow">
      <VisitLink
        id={visit.id}
        className={styles.name}
        aria-label={words.visit.open(patient.name, clockText(visit.starts_at, zone))}
      >
        {patient.name}
      </VisitLink>
      {relation && <div className={styles.reason}>{relation}</div>}
      {visit.reason && <div className={styles.reason}>{visit.reason}</div>}
    </div>
  )
}
