/** What a doctor says of themselves, and what they earned. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, client } from './client'
import { MINE } from './mine'
import type { DoctorProfile, Money } from './types'

export const ownProfileQuery = queryOptions({
  queryKey: [MINE, 'doctor-profile'],
  queryFn: ({ signal }) => answer(client.GET('/api/doctor/profile', { signal })),
  staleTime: 30_000,
})

export interface ProfileChange extends Partial<Pick<DoctorProfile, 'name' | 'phone' | 'specialization' | 'languages' | 'qualifications' | 'about'>> {
  fee?: Money
}

export const changeOwnProfile = (change: ProfileChange) => answer(client.PATCH('/api/doctor/profile', { body: change }))

export const earningsQuery = (year: number) =>
  queryOptions({
    queryKey: [MINE, 'earnings', year],
    queryFn: ({ signal }) => answer(client.GET('/api/doctor/earnings', { params: { query: { year } }, signal })),
    staleTime: 60_000,
  })

/** `month` as `2027-03`. */
export const monthsPaymentsQuery = (month: string) =>
  infiniteQueryOptions({
    queryKey: [MINE, 'earnings', 'payments', month],
    queryFn: ({ pageParam, signal }) =>
      answer(client.GET('/api/doctor/earnings/payments', { params: { query: { month, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? null,
    staleTime: 60_000,
  })
