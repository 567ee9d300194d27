import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery, holdSlot } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import { doctorQuery } from '@/shared/api/public'

interface Wanted {
  startsAt: string
  reason: string
  /** Null for the patient themself. */
  dependant: string | null
}

/** Keeps a time and goes on to its receipt. */
export function useHold(doctorId: string, onRefused: (error: unknown, startsAt: string) => void) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: ({ startsAt, reason, dependant }: Wanted) =>
      holdSlot(
        { doctor_id: doctorId, starts_at: startsAt, ...(reason && { reason }), ...(dependant && { dependant_id: dependant }) },
        keyFor(`${startsAt} ${dependant ?? ''} ${reason}`),
      ),
    onSuccess: async (held) => {
      settled()
      queries.setQueryData(appointmentQuery(held.id).queryKey, held)
      void queries.invalidateQueries({ queryKey: [MINE, 'appointments'] })
      await navigate({ to: '/appointments/$appointmentId/pay', params: { appointmentId: held.id } })
    },
    onError: (error, { startsAt }) => {
      if (!isKind(error, 'offline')) settled()
      if (isKind(error, 'slot-taken', 'slot-not-offered')) onRefused(error, startsAt)
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['slots', doctorId] })
      void queries.invalidateQueries({ queryKey: doctorQuery(doctorId).queryKey })
    },
  })
}
