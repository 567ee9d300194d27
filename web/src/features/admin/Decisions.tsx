import { useDisclosure } from '@mantine/hooks'
import { decideDoctor } from '@/shared/api/admin'
import type { AdminDoctor } from '@/shared/api/types'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Ask } from './Ask'
import { SuspendDialog } from './SuspendDialog'
import { useDeed } from './useDeed'

const text = words.admin.decide

const approving: Record<AdminDoctor['status'], string> = {
  pending: text.approve,
  approved: text.approve,
  rejected: text.approveAgain,
  suspended: text.relist,
}

/** Approving is one press; what takes something from a doctor is confirmed first, with the reason that the doctor reads. */
export function Decisions({ doctor }: { doctor: AdminDoctor }) {
  const { status, name } = doctor
  const [rejecting, reject] = useDisclosure(false)
  const [suspending, suspend] = useDisclosure(false)
  const approval = useDeed((_: string, key) => decideDoctor(doctor.id, 'approve', '', key), { said: () => text.approved(name) })
  const rejection = useDeed((reason: string, key) => decideDoctor(doctor.id, 'reject', reason, key), {
    said: () => text.rejected(name),
    then: reject.close,
  })
  const { confirmReject } = text
  return (
    <>
      {approval.error && <Failure error={approval.error} />}
      {status === 'approved' && (
        <Button look="outline" size="small" aria-label={text.suspendName(name)} onClick={suspend.open}>
          {text.suspend}
        </Button>
      )}
      {status === 'pending' && (
        <Button look="outline" size="small" aria-label={text.rejectName(name)} onClick={reject.open}>
          {text.reject}
        </Button>
      )}
      {status !== 'approved' && (
        <Button size="small" aria-label={status === 'pending' ? text.approveName(name) : `${approving[status]}: ${name}`} busy={approval.isPending} onClick={() => approval.mutate(doctor.id)}>
          {approving[status]}
        </Button>
      )}
      <Ask
        opened={rejecting}
        onClose={reject.close}
        question={{ ...confirmReject, title: confirmReject.title(name), reason: words.admin.reason, harmful: true }}
        busy={rejection.isPending}
        error={rejection.error}
        onGo={(reason) => rejection.mutate(reason)}
      />
      <SuspendDialog doctor={doctor} opened={suspending} onClose={suspend.close} />
    </>
  )
}
