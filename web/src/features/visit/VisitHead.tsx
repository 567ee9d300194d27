import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Appointment } from '@/shared/api/types'
import { contactQuery } from '@/shared/api/doctorVisits'
import { formatMoney } from '@/shared/format/money'
import { doctorBadge, relationOf } from '@/shared/format/persons'
import { paymentBadge } from '@/shared/format/status'
import { words } from '@/shared/text'
import { dayFull, dayOf, minutesAhead, placeOf, soon, useNow, type Zone } from '@/shared/time'
import { OneBadge } from '@/shared/ui/AppointmentBadges'
import { Avatar } from '@/shared/ui/Avatar'
import { Clock } from '@/shared/ui/Clock'
import { DateTile } from '@/shared/ui/DateTile'
import { Facts } from '@/shared/ui/Facts'
import { Failure } from '@/shared/ui/Failure'
import { Standing } from './Standing'
import styles from './visit.module.css'

const text = words.visit
const REACHABLE = new Set<Appointment['status']>(['booked', 'arrived', 'fulfilled', 'noshow'])

/** Time first, then the person, what it is about, and how to reach them. */
export function VisitHead({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const { patient, status } = visit
  const pending = status === 'pending'
  const payment = paymentBadge(visit)
  const why = visit.reason?.trim() ? visit.reason : <span className="muted">{text.noReason}</span>
  return (
    <section className={`card pad stack ${styles.head ?? ''}`} aria-label={text.untitled}>
      <When visit={visit} zone={zone} />
      {!pending && (
        <div className="row">
          <Avatar name={patient.name} size="medium" />
          <div className="grow">
            <h1 className="break">{patient.name}</h1>
            {relationOf(patient) && <p className="soft break">{relationOf(patient)}</p>}
          </div>
        </div>
      )}
      {pending && <h1>{words.calendar.heldLong}</h1>}
      <div className="row wrap" style={{ gap: 8 }}>
        <OneBadge badge={doctorBadge(visit)} />
        {!pending && payment && <OneBadge badge={payment} />}
      </div>
      <Standing visit={visit} zone={zone} />
      {!pending && (
        <Facts
          facts={[
            [text.reason, why],
            [text.price, formatMoney(visit.quote.total)],
          ]}
        />
      )}
      {REACHABLE.has(status) && <ContactOf visit={visit} />}
    </section>
  )
}

function Times({ visit, zone }: { visit: Appointment; zone: Zone }) {
  return (
    <>
      <Clock at={visit.starts_at} zone={zone} /> – <Clock at={visit.ends_at} zone={zone} />
    </>
  )
}

function When({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const at = useNow()
  const day = dayOf(visit.starts_at, zone)
  const theirs = visit.patient.time_zone
  const coming = visit.status === 'booked' || visit.status === 'arrived'
  const near = coming ? soon(visit.starts_at, at) : null
  return (
    <div className={styles.when}>
      <DateTile day={day} />
      <div className="grow">
        <p className="strong">{dayFull(day)}</p>
        <p className={styles.time}>
          <Times visit={visit} zone={zone} /> {near && <em>{near}</em>}
        </p>
        {visit.status !== 'pending' && minutesAhead(visit.starts_at, zone, theirs) !== 0 && (
          <p className="muted inline-ap">
            <Times visit={visit} zone={theirs} /> {text.theirTime(placeOf(theirs))}
          </p>
        )}
      </div>
    </div>
  )
}

function ContactOf({ visit }: { visit: Appointment }) {
  const contact = useQuery(contactQuery(visit.id))
  const { data } = contact
  if (contact.error && !data) return <Failure error={contact.error} onRetry={() => void contact.refetch()} />
  if (!data) return <div className={styles.waiting} />
  const call: ReactNode = data.phone ? <a href={`tel:${data.phone}`}>{data.phone}</a> : <span className="muted">{text.contact.noPhone}</span>
  return (
    <div className={styles.contact}>
      <h2>{visit.patient.booked_by ? text.contact.of(data.name) : text.contact.title}</h2>
      <Facts
        facts={[
          [text.contact.phone, call],
          [text.contact.email, <a key="mail" href={`mailto:${data.email}`}>{data.email}</a>],
        ]}
      />
    </div>
  )
}
