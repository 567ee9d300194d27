import { IconVideo } from '@tabler/icons-react'
import { visitBadge } from '@/shared/format/status'
import { words } from '@/shared/text'
import { clock, clockText, soon, type Zone } from '@/shared/time'
import { OneBadge } from '@/shared/ui/AppointmentBadges'
import { Avatar } from '@/shared/ui/Avatar'
import { ButtonAnchor } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import type { Row } from './day'
import styles from './today.module.css'

const text = words.staff.today

/** The line of the day: what is over recedes, what is on or next stands out. */
export function DayList({ rows, zone, at }: { rows: Row[]; zone: Zone; at: number }) {
  return (
    <section className={`card ${styles.dayCard ?? ''}`} aria-label={text.list}>
      <ol>
        {rows.map((row) => (
          <li key={row.key} className={classes(styles.item, styles[row.look], (row.look === 'now' || row.look === 'next') && styles.stand)}>
            <div className={styles.times}>
              {clock(row.startsAt, zone).digits}
              <small>{clockText(row.endsAt, zone)}</small>
            </div>
            <div className={styles.rail} aria-hidden="true" />
            <Body row={row} zone={zone} at={at} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Body({ row, zone, at }: { row: Row; zone: Zone; at: number }) {
  const { look, visit } = row
  if (!visit)
    return (
      <div className={styles.body}>
        <Words name={text.free} more={text.freeText} />
      </div>
    )
  if (look === 'hold')
    return (
      <div className={styles.body}>
        <Words name={text.held} more={visit.hold_expires_at ? text.keptUntil(clockText(visit.hold_expires_at, zone)) : ''} />
      </div>
    )
  const stands = look === 'now' || look === 'next'
  return (
    <div className={styles.body}>
      {stands && (
        <div className={styles.standHead}>
          <span>{look === 'now' ? text.now : `${text.next}${soon(row.startsAt, at) ? `, ${soon(row.startsAt, at) ?? ''}` : ''}`}</span>
          <OneBadge badge={visitBadge(visit)} />
        </div>
      )}
      {(stands || look === 'coming') && <Avatar name={visit.patient.name} size={stands ? 'small' : 'tiny'} />}
      <Words name={visit.patient.name} more={visit.reason ?? ''} />
      {(look === 'done' || look === 'missed') && <OneBadge badge={visitBadge(visit)} />}
      {visit.meeting.join_url && (
        <ButtonAnchor
          href={visit.meeting.join_url}
          target="_blank"
          rel="noopener"
          size="small"
          look={stands ? 'primary' : 'outline'}
          full={stands}
          icon={<IconVideo size={18} aria-hidden="true" />}
          aria-label={`${text.join}: ${visit.patient.name}`}
        >
          {text.join}
        </ButtonAnchor>
      )}
    </div>
  )
}

function Words({ name, more }: { name: string; more: string }) {
  return (
    <div className="grow">
      <div className={styles.name}>{name}</div>
      {more && <div className={styles.reason}>{more}</div>}
    </div>
  )
}
