import { Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { MINE } from '@/shared/api/mine'
import { decideDoctor, type Decision, type DoctorStatus } from '@/shared/api/staff'
import type { AdminDoctor } from '@/shared/api/types'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import styles from './admin.module.css'

const text = words.staff.admin

const done: Record<Decision, (name: string) => string> = { approve: text.approved, reject: text.rejected, suspend: text.suspended }

/** Approving is one press; what takes something from a doctor is confirmed first, with the reason that the doctor reads. */
export function Decisions({ doctor, status }: { doctor: AdminDoctor; status: DoctorStatus }) {
  const queries = useQueryClient()
  const [asking, { open, close }] = useDisclosure(false)
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: (decision: Decision) => decideDoctor(doctor.id, decision, decision === 'approve' ? '' : reason.trim()),
    onSuccess: (_, decision) => {
      void notify(done[decision](doctor.name))
      close()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [MINE, 'admin'] }),
  })
  const against: Decision = status === 'pending' ? 'reject' : 'suspend'
  const question = against === 'reject' ? text.confirmReject : text.confirmSuspend
  return (
    <div className={styles.actions}>
      {status !== 'suspended' && (
        <Button
          look="outline"
          size="small"
          aria-label={against === 'reject' ? text.rejectName(doctor.name) : text.suspendName(doctor.name)}
          onClick={open}
        >
          {against === 'reject' ? text.reject : text.suspend}
        </Button>
      )}
      {status !== 'approved' && (
        <Button size="small" aria-label={text.approveName(doctor.name)} busy={decide.isPending} onClick={() => decide.mutate('approve')}>
          {text.approve}
        </Button>
      )}
      {decide.error && !asking && <Failure error={decide.error} />}
      <Modal opened={asking} onClose={close} title={question.title(doctor.name)} closeButtonProps={{ 'aria-label': words.common.close }}>
        <div className="stack">
          <p>{question.text}</p>
          <Textarea label={text.reason} maxLength={500} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          {decide.error && <Failure error={decide.error} />}
          <div className="dialog-actions">
            <Button look="outline" onClick={close} data-autofocus>
              {question.keep}
            </Button>
            <Button look="danger" busy={decide.isPending} onClick={() => decide.mutate(against)}>
              {question.go}
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  )
}
