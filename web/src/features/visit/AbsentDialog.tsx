import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { AbsenceRequest } from '@/shared/api/limits'
import { isKind } from '@/shared/api/problem'
import type { Appointment } from '@/shared/api/types'
import { refreshVisits, sayAbsent, showVisit } from '@/shared/api/doctorVisits'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import type { Zone } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { notify } from '@/shared/ui/notify'
import { Whom } from './Whom'

const text = words.visit.absent

/** The doctor owns up to not having come: everything goes back to the patient. */
export function AbsentDialog({ visit, zone, onClose }: { visit: Appointment; zone: Zone; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  const say = useMutation({
    ...repeatable,
    mutationFn: () => sayAbsent(visit.id, reason.trim(), keyFor(reason)),
    onSuccess: (cancelled) => {
      settled()
      showVisit(queries, cancelled)
      onClose()
      void notify(text.done)
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
    onSettled: () => refreshVisits(queries),
  })
  const { total } = visit.quote
  return (
    <Ask
      opened
      onClose={onClose}
      title={text.title}
      keep={text.keep}
      go={total.amount > 0 ? text.go(formatMoney(total)) : text.goFree}
      danger
      busy={say.isPending}
      error={say.error}
      onGo={() => say.mutate()}
    >
      <Whom visit={visit} zone={zone} />
      <p>{text.text}</p>
      <Textarea label={text.why} value={reason} maxLength={AbsenceRequest.reason.maxLength} autosize={false} rows={3} onChange={(event) => setReason(event.currentTarget.value)} />
    </Ask>
  )
}
