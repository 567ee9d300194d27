/** Waiting for a time that somebody else gives back. */
import { queryOptions } from '@tanstack/react-query'
import { answer, client, idempotent } from './client'
import { MINE } from './mine'
import type { paths } from './schema'

export const waitsQuery = queryOptions({
  queryKey: [MINE, 'waits'],
  queryFn: ({ signal }) => answer(client.GET('/api/waitlist', { signal })),
  staleTime: 10_000,
  refetchOnWindowFocus: 'always',
})

export type Wait = paths['/api/waitlist']['get']['responses'][200]['content']['application/json'][number]
export type PartOfDay = NonNullable<Wait['part_of_day']>

export const PARTS: readonly PartOfDay[] = ['morning', 'afternoon', 'evening']

export interface Wish {
  from: string
  until: string
  /** Exactly one of these three. */
  doctor_id?: string
  specialization?: string
  appointment_id?: string
  dependant_id?: string
  part_of_day?: PartOfDay
}

export const joinWaitlist = (wish: Wish, key: string) => answer(client.POST('/api/waitlist', { body: wish, params: { header: idempotent(key) } }))

/** Repeated it changes nothing, so it needs no key. */
export const leaveWaitlist = (id: string) => answer(client.DELETE('/api/waitlist/{wait_id}', { params: { path: { wait_id: id } } }))
