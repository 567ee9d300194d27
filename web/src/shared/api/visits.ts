/** What can be done with a visit between its booking and its end. */
import { queryOptions } from '@tanstack/react-query'
import { answer, client, idempotent } from './client'
import { MINE } from './mine'
import type { paths } from './schema'

export type Moving = paths['/api/appointments/{appointment_id}/reschedule']['get']['responses'][200]['content']['application/json']
export type Alternatives = paths['/api/appointments/{appointment_id}/alternatives']['get']['responses'][200]['content']['application/json']

const at = (id: string) => ({ path: { appointment_id: id } })
const once = (id: string, key: string) => ({ ...at(id), header: idempotent(key) })

/** Whether the visit can be moved, how often yet and until when; or why not. */
export const movingQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'moving', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/reschedule', { params: at(id), signal })),
    staleTime: 0,
  })

/** The visit is moved only while it is as it was when it was read. */
export const moveVisit = (id: string, to: { starts_at: string; expected_version: number }, key: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/reschedule', { params: once(id, key), body: to }))

export const alternativesQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'alternatives', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/alternatives', { params: at(id), signal })),
    staleTime: 10_000,
    refetchOnWindowFocus: 'always',
  })

/** Answers the hold that the offer has become, or the visit that was moved by it. */
export const acceptOffer = (id: string, key: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/accept', { params: once(id, key) }))

export const sayArrived = (id: string, key: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/arrive', { params: once(id, key) }))

export const claimAbsence = (id: string, note: string, key: string) =>
  answer(client.POST('/api/appointments/{appointment_id}/doctor-absent', { params: once(id, key), body: { reason: note } }))
