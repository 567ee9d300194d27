/** What doctors and administrators work with. */
import { queryOptions } from '@tanstack/react-query'
import type { Day } from '@/shared/time'
import { answer, client, idempotent } from './client'
import { MINE } from './mine'
import type { paths } from './schema'
import type { Hours } from './types'

export const signInWithPassword = (credentials: { email: string; password: string }) =>
  answer(client.POST('/api/auth/sign-in', { body: credentials }))

export const changePassword = (body: { current_password: string; password: string }) => answer(client.POST('/api/me/password', { body }))

export const forgotPassword = (email: string) => answer(client.POST('/api/auth/password/forgotten', { body: { email } }))

export const resetPassword = (body: { token: string; password: string }) => answer(client.POST('/api/auth/password/reset', { body }))

export type Registration = Required<NonNullable<NonNullable<paths['/api/auth/doctors']['post']['requestBody']>['content']['application/json']>>

export const registerDoctor = (registration: Registration, key: string) =>
  answer(client.POST('/api/auth/doctors', { body: registration, params: { header: idempotent(key) } }))

export const scheduleQuery = (from: Day, to: Day) =>
  queryOptions({
    queryKey: [MINE, 'schedule', from, to],
    queryFn: ({ signal }) => answer(client.GET('/api/doctor/schedule', { params: { query: { from, to } }, signal })),
    refetchInterval: 30_000,
    refetchOnWindowFocus: 'always',
  })

export const hoursQuery = queryOptions({
  queryKey: [MINE, 'hours'],
  queryFn: ({ signal }) => answer(client.GET('/api/doctor/hours', { signal })),
  staleTime: 60_000,
})

export const saveHours = (hours: Hours) => answer(client.PUT('/api/doctor/hours', { body: hours }))

export const timeOffQuery = queryOptions({
  queryKey: [MINE, 'time-off'],
  queryFn: ({ signal }) => answer(client.GET('/api/doctor/time-off', { signal })),
})

export const addTimeOff = (span: { starts_at: string; ends_at: string; cancel_conflicts: boolean }, key: string) =>
  answer(client.POST('/api/doctor/time-off', { body: { ...span, note: '' }, params: { header: idempotent(key) } }))

export const removeTimeOff = (id: string) =>
  answer(client.DELETE('/api/doctor/time-off/{time_off_id}', { params: { path: { time_off_id: id } } }))

export const ownCalendarQuery = queryOptions({
  queryKey: [MINE, 'own-calendar'],
  queryFn: ({ signal }) => answer(client.GET('/api/doctor/calendar', { signal })),
  refetchInterval: 60_000,
})

export const connectCalendar = (address: string) => answer(client.PUT('/api/doctor/calendar', { body: { address } }))

export const disconnectCalendar = () => answer(client.DELETE('/api/doctor/calendar'))
