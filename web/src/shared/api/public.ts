/** What anybody may read. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Day } from '@/shared/time'
import { now } from '@/shared/time'
import { answer, client, present } from './client'

const MINUTE = 60_000

export const clinicQuery = queryOptions({
  queryKey: ['clinic'],
  queryFn: ({ signal }) => answer(client.GET('/api/clinic', { signal })),
  staleTime: 60 * MINUTE,
})

export const specializationsQuery = queryOptions({
  queryKey: ['specializations'],
  queryFn: ({ signal }) => answer(client.GET('/api/specializations', { signal })),
  staleTime: 5 * MINUTE,
})

export type Sort = 'next_free' | 'fee' | 'rating'

export interface DoctorFilters {
  q?: string
  specialization?: string
  max_fee?: number
  min_rating?: number
  language?: string
  available_before?: string
  sort?: Sort
  limit?: number
}

export const doctorsQuery = (filters: DoctorFilters) =>
  infiniteQueryOptions({
    queryKey: ['doctors', filters],
    queryFn: ({ pageParam, signal }) =>
      answer(client.GET('/api/doctors', { params: { query: { ...filters, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? null,
    placeholderData: keepPreviousData,
    staleTime: MINUTE / 2,
  })

export const suggestionsQuery = (q: string) =>
  queryOptions({
    queryKey: ['suggestions', q],
    queryFn: ({ signal }) => answer(client.GET('/api/doctors/suggest', { params: { query: { q } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
  })

export const doctorQuery = (id: string) =>
  queryOptions({
    queryKey: ['doctor', id],
    queryFn: ({ signal }) => answer(client.GET('/api/doctors/{doctor_id}', { params: { path: { doctor_id: id } }, signal })),
    staleTime: MINUTE,
  })

/** Doctor's-zone dates, `to` left out. Asked again when the server says that the answer ends, and every half minute while somebody looks. */
export const slotsQuery = (id: string, from: Day, to: Day) =>
  queryOptions({
    queryKey: ['slots', id, from, to],
    queryFn: ({ signal }) =>
      present(answer(client.GET('/api/doctors/{doctor_id}/slots', { params: { path: { doctor_id: id }, query: { from, to } }, signal }))),
    staleTime: 10_000,
    refetchInterval: ({ state }) => {
      const until = state.data?.valid_until ? Date.parse(state.data.valid_until) - now() : Number.POSITIVE_INFINITY
      return Math.max(1_000, Math.min(MINUTE / 2, until + 250))
    },
  })

export const feedbackQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['feedback', id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/doctors/{doctor_id}/feedback', {
          params: { path: { doctor_id: id }, query: { limit: 4, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? null,
    staleTime: 5 * MINUTE,
  })
