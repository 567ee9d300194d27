import { NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { cancelAppointment, cancellationQuery } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { Appointment, CancellationPreview } from '@/shared/api/types'
import { refreshVisits, showVisit } from '@/shared/api/doctorVisits'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import type { Zone } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import { Bar } from '@/shared/ui/Skeleton'
import { Whom } from './Whom'
import styles from './visit.module.css'

const text = words.visit.cancelling

/** What goes back stands beside the button, as the server computed it; by the doctor that is always everything. */
export function CancelDialog({ visit, zone, onClose }: { visit: Appointment; zone: Zone; onClose: () => void }) {
  const [reason, setReason] = useState(text.reasons[0] ?? '')
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  const preview = useQuery(cancellationQuery(visit.id))
  const { data } = preview
  const cancel = useMutation({
    ...repeatable,
    mutationFn: (seen: CancellationPreview) =>
      cancelAppointment(visit.id, { reason, expected_refund: seen.refund }, keyFor(`${reason} ${seen.refund.amount}`)),
    onSuccess: (cancelled) => {
      settled()
      showVisit(queries, cancelled)
      onClose()
      void notify(text.done)
    },
    onError: (error) => {
      if (isKind(error, 'offline')) return
      settled()
      void preview.refetch()
    },
    onSettled: () => refreshVisits(queries),
  })
  return (
    <Ask
      opened
      onClose={onClose}
      title={text.title}
      keep={text.keep}
      go={data && data.refund.amount > 0 ? text.go(formatMoney(data.refund)) : text.goFree}
      danger
      unready={!data?.allowed}
      busy={cancel.isPending}
      error={cancel.error}
      onGo={() => data && cancel.mutate(data)}
    >
      <Whom visit={visit} zone={zone} />
      {preview.isPending && <Bar width="100%" height={92} round={14} />}
      {preview.error && !data && <Failure error={preview.error} onRetry={() => void preview.refetch()} />}
      {data?.allowed && data.refund.amount > 0 && (
        <div className={styles.refund}>
          <span>{text.back}</span>
          <b>{formatMoney(data.refund)}</b>
          <p>{text.all}</p>
        </div>
      )}
      {data?.allowed && data.refund.amount === 0 && <p className="soft">{text.free}</p>}
      <NativeSelect label={text.why} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data={[...text.reasons]} />
    </Ask>
  )
}
