/** A person's own account: what doctors should know, what is sent to them, and what is held of them. */
import { queryOptions } from '@tanstack/react-query'
import { answer, client, idempotent } from './client'
import { MINE } from './mine'
import type { MedicalProfile, Preferences } from './types'

const about = (dependant?: string) => ({ query: dependant ? { dependant_id: dependant } : {} })

/** The patient's own, or a dependant's. Never older than the moment: it is read by doctors. */
export const medicalQuery = (dependant?: string) =>
  queryOptions({
    queryKey: [MINE, 'medical', dependant ?? 'me'],
    queryFn: ({ signal }) => answer(client.GET('/api/patient/medical-profile', { params: about(dependant), signal })),
    refetchOnWindowFocus: false,
  })

export const saveMedical = (profile: Omit<MedicalProfile, 'updated_at'>, dependant?: string) =>
  answer(client.PUT('/api/patient/medical-profile', { params: about(dependant), body: profile }))

export const preferencesQuery = queryOptions({
  queryKey: [MINE, 'preferences'],
  queryFn: ({ signal }) => answer(client.GET('/api/me/preferences', { signal })),
})

export const savePreferences = (preferences: Preferences) => answer(client.PUT('/api/me/preferences', { body: preferences }))

export const feedQuery = queryOptions({
  queryKey: [MINE, 'calendar-feed'],
  queryFn: ({ signal }) => answer(client.GET('/api/me/calendar-feed', { signal })),
})

export const newFeed = () => answer(client.POST('/api/me/calendar-feed'))
export const endFeed = () => answer(client.DELETE('/api/me/calendar-feed'))

export const exportData = () => answer(client.POST('/api/me/export'))
export const eraseAccount = (confirmation: string) => answer(client.POST('/api/me/erase', { body: { confirmation } }))

export interface Report {
  about: 'appointment' | 'bug'
  text: string
  appointment_id?: string
}

export const sendReport = (report: Report, key: string) =>
  answer(client.POST('/api/reports', { body: report, params: { header: idempotent(key) } }))
