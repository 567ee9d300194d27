/** The pages of those who see patients. */
import { createRoute } from '@tanstack/react-router'
import { parseCalendar } from '@/features/calendar/search'
import { parseEarnings } from '@/features/earnings/search'
import { staff } from './frames'
import { guarded } from './Guarded'
import { lazyPage } from './lazyPage'

const today = createRoute({
  getParentRoute: () => staff,
  path: '/today',
  component: guarded('doctor', lazyPage(() => import('@/features/today/TodayPage'), 'TodayPage')),
})

const calendar = createRoute({
  getParentRoute: () => staff,
  path: '/calendar',
  validateSearch: parseCalendar,
  component: guarded('doctor', lazyPage(() => import('@/features/calendar/CalendarPage'), 'CalendarPage')),
})

const visit = createRoute({
  getParentRoute: () => staff,
  path: '/visits/$appointmentId',
  component: guarded('doctor', lazyPage(() => import('@/features/visit/VisitPage'), 'VisitPage')),
})

const visits = createRoute({
  getParentRoute: () => staff,
  path: '/visits',
  component: guarded('doctor', lazyPage(() => import('@/features/record/PastVisitsPage'), 'PastVisitsPage')),
})

const feedback = createRoute({
  getParentRoute: () => staff,
  path: '/feedback',
  component: guarded('doctor', lazyPage(() => import('@/features/record/FeedbackPage'), 'FeedbackPage')),
})

const hours = createRoute({
  getParentRoute: () => staff,
  path: '/hours',
  component: guarded('doctor', lazyPage(() => import('@/features/hours/HoursPage'), 'HoursPage')),
})

const profile = createRoute({
  getParentRoute: () => staff,
  path: '/profile',
  component: guarded('doctor', lazyPage(() => import('@/features/profile/ProfilePage'), 'ProfilePage')),
})

const earnings = createRoute({
  getParentRoute: () => staff,
  path: '/earnings',
  validateSearch: parseEarnings,
  component: guarded('doctor', lazyPage(() => import('@/features/earnings/EarningsPage'), 'EarningsPage')),
})

const more = createRoute({
  getParentRoute: () => staff,
  path: '/more',
  component: guarded('doctor', lazyPage(() => import('./shells/StaffMore'), 'StaffMore')),
})

export const doctorRoutes = [today, calendar, visit, visits, feedback, hours, profile, earnings, more] as const
