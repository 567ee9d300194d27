/** Payments, receipts, prescriptions, and what is said of visits. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, client } from './client'
import { MINE } from './mine'

export const paymentsQuery = infiniteQueryOptions({
  queryKey: [MINE, 'payments'],
  queryFn: ({ pageParam, signal }) =>
    answer(client.GET('/api/me/payments', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next_cursor ?? null,
})

const of = (id: string) => ({ path: { appointment_id: id } })

export const receiptQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'receipt', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/receipt', { params: of(id), signal })),
  })

export const prescriptionQuery = (id: string) =>
  queryOptions({
    queryKey: [MINE, 'prescription', id],
    queryFn: ({ signal }) => answer(client.GET('/api/appointments/{appointment_id}/prescription', { params: of(id), signal })),
  })

export const receiptFile = (id: string) => `/api/appointments/${encodeURIComponent(id)}/receipt.pdf`
export const prescriptionFile = (id: string) => `/api/appointments/${encodeURIComponent(id)}/prescription.pdf`

export interface Said {
  stars: number
  title: string
  review: string
}

/** Said again, it replaces what was said. */
export const giveFeedback = (id: string, said: Said) =>
  answer(client.PUT('/api/appointments/{appointment_id}/feedback', { params: of(id), body: said }))
