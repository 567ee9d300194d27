/** Where a piece of news leads: to the page on which one sees, or does, what it is about. */
import type { NewsItem, Role } from '@/shared/api/types'

type Told = Pick<NewsItem, 'kind' | 'visit'>

const PATIENT: Partial<Record<NewsItem['kind'], string>> = { welcome: '/doctors', signed_in: '/you' }
const DOCTOR: Partial<Record<NewsItem['kind'], string>> = {
  welcome: '/hours',
  signed_in: '/you',
  password_reset: '/you/password',
  password_changed: '/you/password',
  registered: '/hours',
  approved: '/hours',
  rejected: '/today',
  feedback_received: '/feedback',
  feedback_summary: '/feedback',
}

export function whereTo({ kind, visit }: Told, role: Role): string {
  if (role === 'administrator') return DOCTOR[kind]?.startsWith('/you') ? DOCTOR[kind] : '/admin/doctors'
  const plain = (role === 'doctor' ? DOCTOR : PATIENT)[kind]
  if (plain) return plain
  if (role === 'doctor') return visit ? `/visits/${visit.id}` : '/today'
  if (!visit) return '/appointments'
  return kind === 'feedback_request' ? `/appointments/${visit.id}/feedback` : `/appointments/${visit.id}`
}
