import { NativeSelect } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { appointmentQuery, appointmentsQuery } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { usePerson, useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { clockText, dayFull, dayOf } from '@/shared/time'
import { Failure } from '@/shared/ui/Failure'

const text = words.report

/** One's own visits, the latest first; the one that somebody came from is there in any case. */
export function VisitField({ chosen, input }: { chosen: string | undefined; input: GetInputPropsReturnType }) {
  const { me } = usePerson()
  const zone = useZone()
  const upcoming = useInfiniteQuery(appointmentsQuery('upcoming'))
  const past = useInfiniteQuery(appointmentsQuery('past'))
  const one = useQuery({ ...appointmentQuery(chosen ?? ''), enabled: chosen !== undefined })
  const failed = upcoming.error ?? past.error
  if (failed && !upcoming.data && !past.data)
    return (
      <Failure
        error={failed}
        onRetry={() => {
          void upcoming.refetch()
          void past.refetch()
        }}
      />
    )
  const listed = [...(past.data?.pages.flatMap((page) => page.items) ?? []), ...(upcoming.data?.pages.flatMap((page) => page.items) ?? [])]
  const visits = one.data && !listed.some(({ id }) => id === one.data.id) ? [one.data, ...listed] : listed
  const line = (visit: Appointment) =>
    text.visitLine(dayFull(dayOf(visit.starts_at, zone)), clockText(visit.starts_at, zone), me?.role === 'doctor' ? visit.patient.name : visit.doctor.name)
  const none = !upcoming.isPending && !past.isPending && visits.length === 0
  return (
    <NativeSelect
      label={text.visit}
      description={none ? text.noVisits : undefined}
      data={[{ value: '', label: text.chooseVisit }, ...visits.map((visit) => ({ value: visit.id, label: line(visit) }))]}
      {...input}
    />
  )
}
