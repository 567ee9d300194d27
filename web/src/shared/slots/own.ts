import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { appointmentsQuery } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'

const NONE: Appointment[] = []

/** The reader's own holds and visits to come, as far as they are known; nobody's for whoever is no patient. */
export function useOwnAppointments(): Appointment[] {
  const { me } = usePerson()
  const { data } = useInfiniteQuery({ ...appointmentsQuery('upcoming'), enabled: me?.role === 'patient' })
  return useMemo(() => data?.pages.flatMap((page) => page.items) ?? NONE, [data])
}
