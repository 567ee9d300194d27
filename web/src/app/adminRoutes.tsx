/** The administrator's pages. */
import { createRoute } from '@tanstack/react-router'
import { parseAudit, parseDelivery, parseReportState, parseStatus, parseTrouble } from '@/features/admin/search'
import { staff } from './frames'
import { guarded } from './Guarded'
import { lazyPage } from './lazyPage'

const overview = createRoute({
  getParentRoute: () => staff,
  path: '/admin',
  component: guarded('administrator', lazyPage(() => import('@/features/admin/OverviewPage'), 'OverviewPage')),
})

const doctors = createRoute({
  getParentRoute: () => staff,
  path: '/admin/doctors',
  validateSearch: parseStatus,
  component: guarded('administrator', lazyPage(() => import('@/features/admin/DoctorsPage'), 'DoctorsPage')),
})

const doctor = createRoute({
  getParentRoute: () => staff,
  path: '/admin/doctors/$doctorId',
  component: guarded('administrator', lazyPage(() => import('@/features/admin/DoctorPage'), 'DoctorPage')),
})

const visit = createRoute({
  getParentRoute: () => staff,
  path: '/admin/visits/$appointmentId',
  component: guarded('administrator', lazyPage(() => import('@/features/admin/VisitPage'), 'VisitPage')),
})

const tasks = createRoute({
  getParentRoute: () => staff,
  path: '/admin/tasks',
  component: guarded('administrator', lazyPage(() => import('@/features/admin/TasksPage'), 'TasksPage')),
})

const messages = createRoute({
  getParentRoute: () => staff,
  path: '/admin/messages',
  validateSearch: parseDelivery,
  component: guarded('administrator', lazyPage(() => import('@/features/admin/MessagesPage'), 'MessagesPage')),
})

const payments = createRoute({
  getParentRoute: () => staff,
  path: '/admin/payments',
  validateSearch: parseTrouble,
  component: guarded('administrator', lazyPage(() => import('@/features/admin/PaymentsPage'), 'PaymentsPage')),
})

const claims = createRoute({
  getParentRoute: () => staff,
  path: '/admin/claims',
  component: guarded('administrator', lazyPage(() => import('@/features/admin/ClaimsPage'), 'ClaimsPage')),
})

const reports = createRoute({
  getParentRoute: () => staff,
  path: '/admin/reports',
  validateSearch: parseReportState,
  component: guarded('administrator', lazyPage(() => import('@/features/admin/ReportsPage'), 'ReportsPage')),
})

const audit = createRoute({
  getParentRoute: () => staff,
  path: '/admin/audit',
  validateSearch: parseAudit,
  component: guarded('administrator', lazyPage(() => import('@/features/admin/AuditPage'), 'AuditPage')),
})

const providers = createRoute({
  getParentRoute: () => staff,
  path: '/admin/providers',
  component: guarded('administrator', lazyPage(() => import('@/features/admin/ProvidersPage'), 'ProvidersPage')),
})

const more = createRoute({
  getParentRoute: () => staff,
  path: '/admin/more',
  component: guarded('administrator', lazyPage(() => import('./shells/StaffMore'), 'StaffMore')),
})

export const adminRoutes = [overview, doctors, doctor, visit, tasks, messages, payments, claims, reports, audit, providers, more] as const
