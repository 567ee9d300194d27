import { Radio } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { decideDoctor, doctorVisitsQuery } from '@/shared/api/admin'
import type { AdminDoctor } from '@/shared/api/types'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { Bar } from '@/shared/ui/Skeleton'
import { Ask } from './Ask'
import { callOffAll } from './callOff'
import { useDeed } from './useDeed'
import { VisitBox } from './VisitList'

const text = words.admin.decide

interface Props {
  doctor: AdminDoctor
  opened: boolean
  onClose: () => void
}

/** Suspending shows who is booked, and asks what becomes of them, before anything happens. */
export function SuspendDialog({ doctor, opened, onClose }: Props) {
  const navigate = useNavigate()
  const [callsOff, setCallsOff] = useState(false)
  const [sofar, setSofar] = useState(0)
  const visits = useInfiniteQuery({ ...doctorVisitsQuery(doctor.id), enabled: opened })
  const items = visits.data?.pages.flatMap((page) => page.items) ?? []
  const deed = useDeed(
    async ({ reason, ends }: { reason: string; ends: boolean }, key) => {
      await decideDoctor(doctor.id, 'suspend', reason, key)
      if (!ends) return { ended: 0, whole: true }
      // The suspension stands whatever becomes of the rest, which can be asked for again.
      return callOffAll(doctor.id, reason, key, setSofar).then(
        (ended) => ({ ended, whole: true }),
        () => ({ ended: 0, whole: false }),
      )
    },
    {
      said: ({ ended, whole }) => {
        if (!whole) return text.suspendedNotCalledOff
        return ended > 0 ? `${text.suspended(doctor.name)} ${text.calledOff(ended)}` : text.suspended(doctor.name)
      },
      then: ({ whole }) => {
        onClose()
        if (!whole) void navigate({ to: '/admin/doctors/$doctorId', params: { doctorId: doctor.id } })
      },
    },
  )
  const { confirmSuspend } = text
  const ends = callsOff && items.length > 0
  const question = {
    ...confirmSuspend,
    title: confirmSuspend.title(doctor.name),
    go: ends ? confirmSuspend.goAndCallOff(items.length, visits.hasNextPage) : confirmSuspend.go,
    reason: ends ? text.callOffReason : words.admin.reason,
    harmful: true,
  }
  return (
    <Ask opened={opened} onClose={onClose} question={question} busy={deed.isPending} error={deed.error} onGo={(reason) => deed.mutate({ reason, ends })}>
      <h3>{text.ahead}</h3>
      {visits.isPending && <Bar width="100%" height={72} round={12} />}
      {visits.error && <Failure error={visits.error} onRetry={() => void visits.refetch()} />}
      {visits.data && items.length === 0 && <p className="soft">{text.aheadNone}</p>}
      {items.length > 0 && (
        <>
          <VisitBox visits={items} more={visits.hasNextPage} />
          <Radio.Group label={text.whatBecomes} value={callsOff ? 'off' : 'keep'} onChange={(value) => setCallsOff(value === 'off')}>
            <Radio value="keep" label={text.keepVisits} description={text.keepVisitsHint} />
            <Radio value="off" label={text.callOffVisits} description={text.callOffHint} />
          </Radio.Group>
        </>
      )}
      {deed.isPending && sofar > 0 && <p role="status">{text.callingOff(sofar)}</p>}
    </Ask>
  )
}
