/** What belongs to the person who is signed in. Every key begins with `mine`, so that signing out forgets all of it. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, client, idempotent } from './client'
import type { Money } from './types'

export const MINE = 'mine'

export const meQuery = queryOptions({
  queryKey: [MINE, 'me'],
  queryFn: ({ signal }) => answer(client.GET('/api/me', { signal })),
  staleTime: 5 * 60_000,
})

export const profileQuery = queryOptions({
  queryKey: [MINE, 'profile'],
  queryFn: ({ signal }) => answer(client.GET('/api/patient/profile', { signal })),
})

export const changeProfile = (change: { name?: string; phone?: string; time_zone?: string }) =>
  answer(client.PATCH('/api/patient/profile', { body: change }))

export type When = 'upcoming' | 'past'

export const appointmentsQuery = (when: When) =>
  infiniteQueryOptions({
    queryKey: [MINE, 'appointments', when],
    queryFn: ({ pageParam, signal }) =>
      answer(client.GET('/api/appointments', { params: { query: { when, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? null,
    staleTime: 10_000,
    refetchOnWindowFocus: 'always',
  })

export const appointmentQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'appointment', id],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/appointments/{appointment_id}', { params: { path: { appointment_id: id } }, signal })),
    staleTime: 5_000,
    refetchOnWindowFocus: 'always',
  })

export const cancellationQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'cancellation', id],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/appointments/{appointment_id}/cancellation', { params: { path: { appointment_id: id } }, signal })),
    staleTime: 0,
    gcTime: 0,
  })

export interface Hold {
  doctor_id: string
  starts_at: string
  reason?: string
  /** Who is seen, where it is not the patient. */
  dependant_id?: string
}

export const holdSlot = (hold: Hold, key: string) =>
  answer(client.POST('/api/appointments', { body: { ...hold, reason: hold.reason ?? '' }, params: { header: idempotent(key) } }))

/** Asked again it answers the page that is open already, so it needs no key. */
export const openCheckout = (id: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/checkout', { params: { path: { appointment_id: id } } }))

export const cancelAppointment = (id: string, body: { reason: string; expected_refund?: Money }, key: string) =>
  answer(
    client.POST('/api/appointments/{appointment_id}/cancel', {
      params: { path: { appointment_id: id }, header: idempotent(key) },
      body,
    }),
  )

export const calendarPath = (id: string) => `/api/appointments/${encodeURIComponent(id)}/calendar.ics`
