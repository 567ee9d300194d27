import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery, holdSlot } from '@/shared/api/mine'
import { Problem, isKind } from '@/shared/api/problem'
import { clinicQuery } from '@/shared/api/public'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { sameAttendee } from '@/shared/format/actions'
import { endOf, endedUnanswered } from '@/shared/format/status'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayOf } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'

const text = words.booking

function useHoldAgain(ended: Appointment) {
  const { doctor, starts_at, reason } = ended
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: () => holdSlot({ doctor_id: doctor.id, starts_at, ...sameAttendee(ended), ...(reason && { reason }) }, keyFor(starts_at)),
    onSuccess: async (held) => {
      settled()
      queries.setQueryData(appointmentQuery(held.id).queryKey, held)
      void queries.invalidateQueries({ queryKey: [MINE, 'appointments'] })
      await navigate({ to: '/appointments/$appointmentId/pay', params: { appointmentId: held.id }, replace: true })
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
  })
}

/** The hold is over: says so, says that nothing was charged, and offers the same time or the same day again. */
export function Ended({ appointment }: { appointment: Appointment }) {
  const zone = useZone()
  const holdMinutes = useQuery(clinicQuery).data?.hold_minutes
  const again = useHoldAgain(appointment)
  const time = clockText(appointment.starts_at, zone)
  const expired = appointment.cancelled?.kind === 'expired' && !endedUnanswered(appointment)
  return (
    <div className="stack loose">
      <h1>{expired ? text.expired.title : text.goneTitle}</h1>
      <Note tone="amber" role="status">
        {expired ? explain(new Problem('hold-expired'), { time, holdMinutes }) : `${endOf(appointment)} ${words.appointments.notCharged}`}
      </Note>
      {again.error && (
        <Note tone="red" role="alert">
          {explain(again.error, { time })}
        </Note>
      )}
      <div className="row wrap">
        {expired && (
          <Button size="large" busy={again.isPending || again.isSuccess} onClick={() => again.mutate()}>
            {text.expired.again(time)}
          </Button>
        )}
        <ButtonLink
          look="outline"
          size="large"
          to="/doctors/$doctorId"
          params={{ doctorId: appointment.doctor.id }}
          search={{ day: dayOf(appointment.starts_at, zone), for: sameAttendee(appointment).dependant_id }}
        >
          {text.expired.other}
        </ButtonLink>
      </div>
    </div>
  )
}
