import { useQuery } from '@tanstack/react-query'
import { appointmentQuery } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { waitsQuery } from '@/shared/api/waitlist'
import { actionOf, seenName } from '@/shared/format/actions'
import { formatMoney } from '@/shared/format/money'
import { whenLong } from '@/shared/format/when'
import { useOwnAppointments } from '@/shared/slots/own'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { clockText, dayLong, dayOf, type Zone } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { BothZones } from '@/shared/ui/BothZones'
import { classes } from '@/shared/ui/classes'
import { PolicyCard } from '@/shared/ui/PolicyCard'
import { Bar } from '@/shared/ui/Skeleton'
import { useState } from 'react'
import { Answers } from './OfferAnswers'
import { OfferCountdown } from './OfferCountdown'
import styles from './appointments.module.css'

const text = words.visits.offer

/** A time that the patient did not ask for: after a visit one of up to three, or one that became free for whoever waited. */
export function Offer({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  return appointment.hold_kind === 'follow_up' ? <FollowUp appointment={appointment} zone={zone} /> : <Released appointment={appointment} zone={zone} />
}

/** What the doctor keeps for this person besides, by start. */
function useOfferedTogether(appointment: Appointment): Appointment[] {
  const own = useOwnAppointments()
  const others = own.filter(
    (each) =>
      each.id !== appointment.id &&
      each.hold_kind === 'follow_up' &&
      each.doctor.id === appointment.doctor.id &&
      each.patient.id === appointment.patient.id &&
      actionOf(each, 'accept') !== undefined,
  )
  return [appointment, ...others].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))
}

function FollowUp({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const times = useOfferedTogether(appointment)
  const [chosenId, choose] = useState(appointment.id)
  const chosen = times.find(({ id }) => id === chosenId) ?? appointment
  const { doctor, offer_expires_at: until } = appointment
  return (
    <>
      <h1>{text.followUpTitle(doctor.name)}</h1>
      <div className={classes(styles.columns, styles.inOrder)}>
        <section className="card pad stack">
          <Who appointment={appointment} />
          <p>{times.length > 1 ? text.followUpMany : text.followUpOne}</p>
          <fieldset className={styles.times}>
            <legend className="sr">{text.legend}</legend>
            {times.map((each) => (
              <label key={each.id} className={styles.offered}>
                <input type="radio" name="time" checked={each.id === chosen.id} onChange={() => choose(each.id)} />
                <BothZones at={each.starts_at} zone={zone} doctorZone={each.doctor.time_zone} />
              </label>
            ))}
          </fieldset>
          {until && <p className="soft">{text.until(dayLong(dayOf(until, zone)), clockText(until, zone))}</p>}
        </section>
        <aside className="stack">
          <section className="card pad stack">
            <Next appointment={chosen} />
            <Answers offered={chosen} all={times} zone={zone} accept={text.take} decline={times.length > 1 ? text.declineAll : text.decline} />
          </section>
          {chosen.quote.total.amount > 0 && <PolicyCard appointment={chosen} zone={zone} />}
        </aside>
      </div>
    </>
  )
}

/** With whom, and for whom. */
function Who({ appointment }: { appointment: Appointment }) {
  const { doctor } = appointment
  const seen = seenName(appointment)
  return (
    <div className="row">
      <Avatar name={doctor.name} size="small" />
      <div className="grow">
        <h2 className={styles.name}>{doctor.name}</h2>
        <p className="muted small">{fieldName(doctor.specialization)}</p>
        {seen && <p className="small break">{words.people.who.visitFor(seen)}</p>}
      </div>
    </div>
  )
}

function Next({ appointment: { quote } }: { appointment: Appointment }) {
  return <p className="soft">{quote.total.amount > 0 ? text.next(formatMoney(quote.total)) : text.nextFree}</p>
}

/** Where the patient waits for an earlier time of a visit, accepting moves that visit; otherwise it leads to paying. */
function Released({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const { id, doctor, starts_at: start, offer_expires_at: until } = appointment
  const waits = useQuery(waitsQuery)
  const visitId = waits.data?.find(({ offer }) => offer === id)?.appointment_id ?? null
  const visit = useQuery({ ...appointmentQuery(visitId ?? ''), enabled: visitId !== null }).data
  const earlier = visitId !== null
  if (waits.isPending || (earlier && !visit)) return <Bar width="100%" height={420} round={18} />
  return (
    <>
      <h1>{earlier ? text.earlierTitle : text.waitTitle}</h1>
      <div className={classes(styles.columns, styles.inOrder)}>
        <section className="card pad stack">
          <Who appointment={appointment} />
          <p>{earlier ? text.earlierText(doctor.name) : text.waitText(doctor.name)}</p>
          <p className={styles.offered}>
            <BothZones at={start} zone={zone} doctorZone={doctor.time_zone} />
          </p>
          {visit && <p className="soft">{text.takeFrom(whenLong(visit.starts_at, zone))}</p>}
        </section>
        <aside className="stack">
          <section className="card pad stack">
            {until && <OfferCountdown until={until} zone={zone} />}
            {earlier ? <p className="soft">{text.earlierFree}</p> : <Next appointment={appointment} />}
            <Answers offered={appointment} all={[appointment]} zone={zone} accept={earlier ? text.move : text.take} decline={text.decline} />
          </section>
          {!earlier && appointment.quote.total.amount > 0 && <PolicyCard appointment={appointment} zone={zone} />}
        </aside>
      </div>
    </>
  )
}
