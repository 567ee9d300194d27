import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery, cancelAppointment } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { Appointment } from '@/shared/api/types'
import { acceptOffer } from '@/shared/api/visits'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayLong, dayOf, type Zone } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { Button } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'

const text = words.visits.offer

interface Props {
  offered: Appointment
  /** Everything that is declined together. */
  all: readonly Appointment[]
  zone: Zone
  accept: string
  decline: string
}

function useAccept({ offered, zone }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: () => acceptOffer(offered.id, keyFor(offered.id)),
    onSuccess: async (accepted) => {
      settled()
      queries.setQueryData(appointmentQuery(accepted.id).queryKey, accepted)
      const params = { appointmentId: accepted.id }
      if (accepted.status === 'pending') await navigate({ to: '/appointments/$appointmentId/pay', params, replace: true })
      else {
        void notify(text.moved(dayLong(dayOf(accepted.starts_at, zone)), clockText(accepted.starts_at, zone)))
        await navigate({ to: '/appointments/$appointmentId', params, replace: true })
      }
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [MINE] }),
  })
}

function useDecline({ all }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    ...repeatable,
    // One after the other: they take the same lock at the server. Declined twice, the second changes nothing.
    mutationFn: async () => {
      for (const each of all) await cancelAppointment(each.id, { reason: '' }, `decline-${each.id}-${each.version}`)
    },
    onSuccess: async () => {
      void notify(text.declined)
      await navigate({ to: '/appointments', replace: true })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [MINE] }),
  })
}

export function Answers(props: Props) {
  const accept = useAccept(props)
  const decline = useDecline(props)
  const busy = accept.isPending || accept.isSuccess
  const [asking, setAsking] = useState(false)
  const times = props.all.length
  return (
    <>
      {accept.error && (
        <Note tone="red" role="alert">
          {explain(accept.error, { time: clockText(props.offered.starts_at, props.zone) })}
        </Note>
      )}
      <Button size="large" full busy={busy} onClick={() => !decline.isPending && accept.mutate()}>
        {props.accept}
      </Button>
      <Button look="quiet" full onClick={() => !busy && setAsking(true)}>
        {props.decline}
      </Button>
      <Ask
        opened={asking}
        onClose={() => setAsking(false)}
        title={text.declineAsk.title(times)}
        keep={text.declineAsk.keep}
        go={text.declineAsk.go(times)}
        danger
        busy={decline.isPending}
        error={decline.error}
        onGo={() => decline.mutate()}
      >
        <p className="soft">{text.declineAsk.text(times)}</p>
      </Ask>
    </>
  )
}
