/** What a doctor does with a visit, and what only its doctor may read of it. */
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { answer, client, idempotent } from './client'
import { MINE, appointmentQuery } from './mine'
import type { Appointment, AppointmentPage, Prescription, Schedule } from './types'

const at = (id: string) => ({ path: { appointment_id: id } })
const once = (id: string, key: string) => ({ ...at(id), header: idempotent(key) })

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'contact', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/contact', { params: at(id), signal })),
    staleTime: 5 * 60_000,
  })

/** Each reading is on record with the visit, so it is read once for each time that the page is opened. */
export const visitHealthQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'visit-health', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/medical-profile', { params: at(id), signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  })

export const visitHistoryQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [MINE, 'visit-history', id, version],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/history', { params: at(id), signal })),
  })

export const prescriptionQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'prescription', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/prescription', { params: at(id), signal })),
  })

export const movingQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'moving', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/reschedule', { params: at(id), signal })),
    staleTime: 0,
    gcTime: 0,
  })

export const ownFeedbackQuery = infiniteQueryOptions({
  queryKey: [MINE, 'feedback'],
  queryFn: ({ pageParam, signal }) =>
    answer(client.GET('/api/doctor/feedback', { params: { query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next_cursor ?? null,
})

/** What can be said of who came, by the name of its operation. */
export type Step = 'arrive' | 'fulfil' | 'no-show' | 'undo-no-show'

export const takeStep = (id: string, step: Step, key: string) =>
  answer(client.POST(`/api/appointments/{appointment_id}/${step}`, { params: once(id, key) }))

export const sayAbsent = (id: string, reason: string, key: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/doctor-absent', { params: once(id, key), body: { reason } }))

export const moveVisit = (id: string, to: { starts_at: string; expected_version: number }, key: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/reschedule', { params: once(id, key), body: to }))

export const offerTimes = (id: string, offer: { times: string[]; until: string }, key: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/follow-up', { params: once(id, key), body: offer }))

export type Draft = Pick<Prescription, 'medicines' | 'advice'>

export const prescribe = (id: string, draft: Draft) =>
  answer(client.PUT('/api/appointments/{appointment_id}/prescription', { params: at(id), body: draft }))

export const prescriptionPath = (id: string) => `/api/appointments/${encodeURIComponent(id)}/prescription.pdf`

export const answerFeedback = (id: string, words: string) =>
  answer(client.PUT('/api/appointments/{appointment_id}/feedback/answer', { params: at(id), body: { answer: words } }))

/** Puts a visit as it is now wherever it is shown: its page, the schedule, the lists. */
export function showVisit(queries: QueryClient, visit: Appointment): void {
  const swap = (items: Appointment[]) => items.map((each) => (each.id === visit.id ? visit : each))
  queries.setQueryData(appointmentQuery(visit.id).queryKey, visit)
  queries.setQueriesData<Schedule>({ queryKey: [MINE, 'schedule'] }, (found) => found && { ...found, appointments: swap(found.appointments) })
  queries.setQueriesData<InfiniteData<AppointmentPage>>(
    { queryKey: [MINE, 'appointments'] },
    (found) => found && { ...found, pages: found.pages.map((page) => ({ ...page, items: swap(page.items) })) },
  )
}

/** Asks anew for everything that a change of a visit may have changed. */
export async function refreshVisits(queries: QueryClient): Promise<void> {
  const concerned = ['appointment', 'appointments', 'schedule', 'feedback', 'visit-history']
  await Promise.all(concerned.map((part) => queries.invalidateQueries({ queryKey: [MINE, part] })))
  await queries.invalidateQueries({ queryKey: ['slots'] })
}
