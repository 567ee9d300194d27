import { useQuery } from '@tanstack/react-query'
import { dependantsQuery } from '@/shared/api/dependants'
import { usePerson } from '@/shared/auth'

export interface Attendee {
  /** Null for the patient themself. */
  id: string | null
  name: string
  /** False until it is known whether the person who was asked for is in the list; nothing may be booked before. */
  known: boolean
}

/** Who a visit is to be for: the one asked for if the patient books for them, otherwise nobody until chosen again. */
export function useAttendee(wanted: string | undefined): Attendee {
  const { me } = usePerson()
  const patient = me?.role === 'patient'
  const { data } = useQuery({ ...dependantsQuery, enabled: patient })
  if (!wanted) return { id: null, name: me?.name ?? '', known: true }
  const found = data?.find(({ id }) => id === wanted)
  return { id: wanted, name: found?.name ?? '', known: found !== undefined }
}
