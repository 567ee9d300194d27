import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, cancelAppointment } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { sameAttendee } from '@/shared/format/actions'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayOf, type Zone } from '@/shared/time'
import { Button } from './Button'
import { Note } from './Note'
import { notify } from './notify'

const text = words.booking

interface Props {
  appointment: Appointment
  zone: Zone
  /** Whether to go on to the doctor's times, from a page that shows nothing else. */
  leave?: boolean
  full?: boolean
}

/** Gives a held time back, wherever it is shown. Nothing was paid, so nothing is asked before. */
export function LetGo({ appointment, zone, leave = false, full = false }: Props) {
  const { doctor, id, starts_at } = appointment
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { keyFor } = useIntentKey()
  const refresh = async () => {
    // The times first: a time that is nobody's hold any more, and not free yet, would look as if somebody else had taken it.
    await queries.invalidateQueries({ queryKey: ['slots', doctor.id] })
    await queries.invalidateQueries({ queryKey: [MINE] })
  }
  const letGo = useMutation({
    ...repeatable,
    mutationFn: () => cancelAppointment(id, { reason: '' }, keyFor(id)),
    onSuccess: async () => {
      void notify(text.letGoDone)
      if (leave) await navigate({ to: '/doctors/$doctorId', params: { doctorId: doctor.id }, search: { day: dayOf(starts_at, zone), for: sameAttendee(appointment).dependant_id } })
      await refresh()
    },
    onError: refresh,
  })
  return (
    <>
      {letGo.error && (
        <Note tone="red" role="alert">
          {explain(letGo.error, { time: clockText(starts_at, zone) })}
        </Note>
      )}
      <Button look="quiet" size={full ? 'medium' : 'small'} full={full} busy={letGo.isPending} onClick={() => letGo.mutate()}>
        {text.letGo}
      </Button>
    </>
  )
}
