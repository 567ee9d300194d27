/** What administrators look after. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, client, idempotent } from './client'
import { MINE } from './mine'
import type { AdminMessage, AdminPayment, AuditEntry, Money, Report, Task } from './types'

export const ADMIN = [MINE, 'admin'] as const

export type DoctorStatus = 'pending' | 'approved' | 'suspended' | 'rejected'
export type Delivery = AdminMessage['delivery']
export type TaskState = Task['state']
export type Trouble = AdminPayment['state']
export type ReportState = Report['state']
export type Resolution = 'ask_again' | 'give_back'
export type ActorRole = AuditEntry['role']

/** Lists that somebody keeps open are looked at again, so that what waits is seen without a reload. */
const fresh = { staleTime: 10_000, refetchOnWindowFocus: 'always' } as const

interface Page {
  next_cursor?: string | null
}

const paged = {
  initialPageParam: '',
  getNextPageParam: (page: Page) => page.next_cursor ?? null,
}

const at = (cursor: string) => (cursor ? { cursor } : {})

export const adminDoctorsQuery = (status: DoctorStatus) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'doctors', status],
    queryFn: ({ pageParam, signal }) => answer(client.GET('/api/admin/doctors', { params: { query: { status, ...at(pageParam) } }, signal })),
    ...paged,
    ...fresh,
  })

export const adminDoctorQuery = (id: string) =>
  queryOptions({
    queryKey: [...ADMIN, 'doctor', id],
    queryFn: ({ signal }) => answer(client.GET('/api/admin/doctors/{doctor_id}', { params: { path: { doctor_id: id } }, signal })),
  })

export const doctorVisitsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'visits', id],
    queryFn: ({ pageParam, signal }) =>
      answer(client.GET('/api/admin/doctors/{doctor_id}/visits', { params: { path: { doctor_id: id }, query: at(pageParam) }, signal })),
    ...paged,
    ...fresh,
  })

export const doctorFeedbackQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'feedback', id],
    queryFn: ({ pageParam, signal }) =>
      answer(client.GET('/api/admin/doctors/{doctor_id}/feedback', { params: { path: { doctor_id: id }, query: at(pageParam) }, signal })),
    ...paged,
  })

export type Decision = 'approve' | 'reject' | 'suspend'

export const decideDoctor = (id: string, decision: Decision, reason: string, key: string) =>
  answer(
    client.POST(`/api/admin/doctors/{doctor_id}/${decision}`, {
      params: { path: { doctor_id: id }, header: idempotent(key) },
      body: { reason },
    }),
  )

export const callOffVisits = (id: string, reason: string, key: string) =>
  answer(
    client.POST('/api/admin/doctors/{doctor_id}/cancel-visits', {
      params: { path: { doctor_id: id }, header: idempotent(key) },
      body: { reason },
    }),
  )

export const judgeFeedback = (appointmentId: string, judgement: 'hide' | 'unhide', reason: string) =>
  answer(client.POST(`/api/admin/feedback/{appointment_id}/${judgement}`, { params: { path: { appointment_id: appointmentId } }, body: { reason } }))

export const tasksQuery = (state: TaskState) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'tasks', state],
    queryFn: ({ pageParam, signal }) => answer(client.GET('/api/admin/tasks', { params: { query: { state, ...at(pageParam) } }, signal })),
    ...paged,
    ...fresh,
  })

export const retryTask = (id: string, key: string) =>
  answer(client.POST('/api/admin/tasks/{task_id}/retry', { params: { path: { task_id: id }, header: idempotent(key) } }))

export const messagesQuery = (state: Delivery | undefined) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'messages', state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      answer(client.GET('/api/admin/messages', { params: { query: { ...(state ? { state } : {}), ...at(pageParam) } }, signal })),
    ...paged,
    ...fresh,
  })

export const troubledPaymentsQuery = (state: Trouble | undefined) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'payments', state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      answer(client.GET('/api/admin/payments', { params: { query: { ...(state ? { state } : {}), ...at(pageParam) } }, signal })),
    ...paged,
    ...fresh,
  })

export const resolvePayment = (id: string, how: Resolution, reason: string, key: string) =>
  answer(
    client.POST('/api/admin/payments/{payment_id}/resolve', {
      params: { path: { payment_id: id }, header: idempotent(key) },
      body: { how, reason },
    }),
  )

export const providersQuery = queryOptions({
  queryKey: [...ADMIN, 'providers'],
  queryFn: ({ signal }) => answer(client.GET('/api/admin/providers', { signal })),
  refetchInterval: 30_000,
  ...fresh,
})

export const claimsQuery = queryOptions({
  queryKey: [...ADMIN, 'claims'],
  queryFn: ({ signal }) => answer(client.GET('/api/admin/absence-claims', { params: { query: { limit: 50 } }, signal })),
  ...fresh,
})

export const adminVisitQuery = (id: string) =>
  queryOptions({
    queryKey: [...ADMIN, 'visit', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}', { params: { path: { appointment_id: id } }, signal })),
    ...fresh,
  })

export const confirmAbsence = (id: string, reason: string, key: string) =>
  answer(
    client.POST('/api/appointments/{appointment_id}/doctor-absent', {
      params: { path: { appointment_id: id }, header: idempotent(key) },
      body: { reason },
    }),
  )

export const rejectAbsence = (id: string, reason: string, key: string) =>
  answer(
    client.POST('/api/appointments/{appointment_id}/doctor-absent/reject', {
      params: { path: { appointment_id: id }, header: idempotent(key) },
      body: { reason },
    }),
  )

export const voidAppointment = (id: string, body: { reason: string; refund?: Money }, key: string) =>
  answer(
    client.POST('/api/appointments/{appointment_id}/void', {
      params: { path: { appointment_id: id }, header: idempotent(key) },
      body,
    }),
  )

export const reportsQuery = (state: ReportState) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'reports', state],
    queryFn: ({ pageParam, signal }) => answer(client.GET('/api/admin/reports', { params: { query: { state, ...at(pageParam) } }, signal })),
    ...paged,
    ...fresh,
  })

export const closeReport = (id: string, note: string, key: string) =>
  answer(client.POST('/api/admin/reports/{report_id}/close', { params: { path: { report_id: id }, header: idempotent(key) }, body: { note } }))

export interface AuditFilters {
  verb?: string
  role?: ActorRole
  actor?: string
  about?: string
  since?: string
  until?: string
}

export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'audit', filters],
    queryFn: ({ pageParam, signal }) => answer(client.GET('/api/admin/audit', { params: { query: { ...filters, ...at(pageParam) } }, signal })),
    ...paged,
    ...fresh,
  })
