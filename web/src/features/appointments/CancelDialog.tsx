import { Modal, NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery, cancelAppointment, cancellationQuery } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { Appointment, CancellationPreview } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { dayLong, dayOf, placeOf, type Zone } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Button } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import { PolicyBar } from '@/shared/ui/PolicyBar'
import { Bar } from '@/shared/ui/Skeleton'
import styles from './appointments.module.css'

const text = words.appointments.cancelling

interface Props {
  appointment: Appointment
  zone: Zone
  opened: boolean
  onClose: () => void
}

function useCancel(appointment: Appointment, onClose: () => void) {
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: ({ reason, preview }: { reason: string; preview: CancellationPreview }) =>
      cancelAppointment(appointment.id, { reason, expected_refund: preview.refund }, keyFor(`${reason} ${preview.refund.amount}`)),
    onSuccess: (cancelled, { preview }) => {
      settled()
      queries.setQueryData(appointmentQuery(appointment.id).queryKey, cancelled)
      onClose()
      void notify(preview.refund.amount > 0 ? text.doneRefund(formatMoney(preview.refund)) : text.done)
    },
    onError: (error) => {
      if (isKind(error, 'offline')) return
      settled()
      void queries.invalidateQueries({ queryKey: cancellationQuery(appointment.id).queryKey })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [MINE, 'appointments'] }),
  })
}

/** What would come back, to the cent, before anything is confirmed. The focus starts on the choice that changes nothing. */
export function CancelDialog({ appointment, zone, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={text.title} size={580} closeButtonProps={{ 'aria-label': words.common.close }}>
      <Question appointment={appointment} zone={zone} onClose={onClose} />
    </Modal>
  )
}

function Question({ appointment, zone, onClose }: Omit<Props, 'opened'>) {
  const [reason, setReason] = useState(text.reasons[0] ?? '')
  const preview = useQuery(cancellationQuery(appointment.id))
  const cancel = useCancel(appointment, onClose)
  const { data } = preview
  const paid = appointment.quote.total.amount > 0
  const refund = data ? formatMoney(data.refund) : ''
  const confirm = !paid ? text.confirmFree : data?.refund.amount ? text.confirm(refund) : text.confirmNothing
  return (
    <div className="stack">
      <div className="row">
        <Avatar name={appointment.doctor.name} size="small" />
        <div className="inline-ap">
          <b className="strong">{appointment.doctor.name}</b>
          <p className="muted">
            {dayLong(dayOf(appointment.starts_at, zone))}, <Clock at={appointment.starts_at} zone={zone} /> {words.common.zoneTime(placeOf(zone))}
          </p>
        </div>
      </div>
      {preview.isPending && <Bar width="100%" height={92} round={14} />}
      {preview.error && <Failure error={preview.error} onRetry={() => void preview.refetch()} />}
      {data && !data.allowed && <Note tone="amber">{text.tooLate}</Note>}
      {data?.allowed && (
        <>
          <Refund preview={data} appointment={appointment} />
          {paid && <PolicyBar policy={appointment.policy} startsAt={appointment.starts_at} zone={zone} presentUntil={data.refundable_until} />}
          <NativeSelect label={text.why} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data={text.reasons} />
        </>
      )}
      {cancel.error && (
        <Note tone="red" role="alert">
          {explain(cancel.error)}
        </Note>
      )}
      <div className="dialog-actions">
        <Button look="outline" onClick={onClose} data-autofocus>
          {text.keep}
        </Button>
        {data?.allowed && (
          <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate({ reason, preview: data })}>
            {confirm}
          </Button>
        )}
      </div>
    </div>
  )
}

function Refund({ preview, appointment }: { preview: CancellationPreview; appointment: Appointment }) {
  const { refund } = preview
  const { total } = appointment.quote
  if (total.amount === 0) return <p className="soft">{text.free}</p>
  if (refund.amount === 0) return <Note tone="amber">{text.nothing}</Note>
  return (
    <div className={styles.refund}>
      <span>{text.back}</span>
      <b>{formatMoney(refund)}</b>
      <p>{refund.amount === total.amount ? text.all : text.part}</p>
    </div>
  )
}
