import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery, holdSlot } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { Appointment } from '@/shared/api/types'
import { alternativesQuery, type Alternatives } from '@/shared/api/visits'
import { canNow, sameAttendee } from '@/shared/format/actions'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayOf, useNow, type Zone } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { BothZones } from '@/shared/ui/BothZones'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { WaitPrompt } from '@/shared/waiting/WaitPrompt'
import styles from './appointments.module.css'

const text = words.visits.instead

/** The doctor's next free times, and who else of the field is free: for a visit that does not take place. */
export function Instead({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const found = useQuery({ ...alternativesQuery(appointment.id), refetchInterval: 60_000 })
  const slow = useSlow(found.isPending)
  const at = useNow()
  // A visit that stands is moved, never booked a second time.
  const movable = canNow(appointment, 'reschedule', at)
  return (
    <section className="card pad stack" aria-label={text.title}>
      {slow && <Bar width="100%" height={280} round={12} />}
      {found.error && !found.data && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          {(appointment.status === 'cancelled' || movable) && <Same appointment={appointment} found={found.data} movable={movable} zone={zone} />}
          <Others appointment={appointment} found={found.data} zone={zone} />
        </>
      )}
    </section>
  )
}

/** Keeps such a time for the same person, with the same note. A visit that still stands is moved instead. */
function useHoldInstead(appointment: Appointment) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { keyFor, settled } = useIntentKey()
  const { id, doctor, reason } = appointment
  return useMutation({
    ...repeatable,
    mutationFn: (startsAt: string) =>
      holdSlot({ doctor_id: doctor.id, starts_at: startsAt, ...sameAttendee(appointment), ...(reason && { reason }) }, keyFor(startsAt)),
    onSuccess: async (held) => {
      settled()
      queries.setQueryData(appointmentQuery(held.id).queryKey, held)
      void queries.invalidateQueries({ queryKey: [MINE, 'appointments'] })
      await navigate({ to: '/appointments/$appointmentId/pay', params: { appointmentId: held.id } })
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
      void queries.invalidateQueries({ queryKey: alternativesQuery(id).queryKey })
    },
  })
}

function Same({ appointment, found, movable, zone }: { appointment: Appointment; found: Alternatives; movable: boolean; zone: Zone }) {
  const hold = useHoldInstead(appointment)
  const { doctor } = found
  const refused = hold.error && (isKind(hold.error, 'slot-taken') ? text.taken(clockText(hold.variables, zone)) : explain(hold.error, { time: clockText(hold.variables, zone) }))
  return (
    <>
      <h2>{text.same(doctor.name)}</h2>
      {refused && (
        <Note tone="amber" role="alert">
          {refused}
        </Note>
      )}
      {doctor.times.length === 0 && <p className="soft">{text.none(doctor.name)}</p>}
      <ul>
        {doctor.times.map((time) => (
          <li key={time} className={styles.free}>
            <BothZones at={time} zone={zone} doctorZone={appointment.doctor.time_zone} />
            {movable ? (
              <ButtonLink size="small" to="/appointments/$appointmentId/move" params={{ appointmentId: appointment.id }} search={{ at: time }}>
                {words.visits.moving.link}
              </ButtonLink>
            ) : (
              <Button size="small" busy={hold.isPending && hold.variables === time} onClick={() => !hold.isPending && hold.mutate(time)}>
                {text.hold}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {doctor.times.length > 0 && (
        <div className="row wrap">
          {movable ? (
            <ButtonLink look="outline" size="small" to="/appointments/$appointmentId/move" params={{ appointmentId: appointment.id }}>
              {text.all(doctor.name)}
            </ButtonLink>
          ) : (
            <ButtonLink look="outline" size="small" to="/doctors/$doctorId" params={{ doctorId: doctor.id }} search={{ for: sameAttendee(appointment).dependant_id }}>
              {text.all(doctor.name)}
            </ButtonLink>
          )}
          <WaitPrompt
            look="quiet"
            target={{ what: words.waiting.joining.doctor(doctor.name), wish: { doctor_id: doctor.id } }}
            same={(wait) => wait.doctor_id === doctor.id && wait.appointment_id === null}
            ask={text.wait}
            waiting={words.waiting.waitingHere}
          />
        </div>
      )}
    </>
  )
}

function Others({ appointment, found, zone }: { appointment: Appointment; found: Alternatives; zone: Zone }) {
  const { dependant_id: whom } = sameAttendee(appointment)
  return (
    <>
      <h2>{text.others}</h2>
      {found.others.length === 0 && <p className="soft">{text.noOthers}</p>}
      <ul>
        {found.others.map(({ id, name, next_free_at: free }) => (
          <li key={id} className={styles.free}>
            <div className="row">
              <Avatar name={name} size="small" />
              <div>
                <b className="strong">{name}</b>
                <p className="small muted">
                  {text.free} <BothZones at={free} zone={zone} doctorZone={zone} />
                </p>
              </div>
            </div>
            <ButtonLink
              look="outline"
              size="small"
              to="/doctors/$doctorId"
              params={{ doctorId: id }}
              search={{ day: dayOf(free, zone), at: free, for: whom }}
              aria-label={text.see(name)}
            >
              {words.find.look}
            </ButtonLink>
          </li>
        ))}
      </ul>
      <div>
        <ButtonLink look="quiet" size="small" to="/doctors" search={{ specialization: found.doctor.specialization }}>
          {text.find}
        </ButtonLink>
      </div>
    </>
  )
}
