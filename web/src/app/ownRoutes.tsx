/** What is a person's own: in the shell of whoever is signed in. */
import { createRoute } from '@tanstack/react-router'
import { parseReport } from '@/features/report/search'
import { parseHealth } from '@/features/you/search'
import { root } from './frames'
import { guarded, signedIn } from './Guarded'
import { OwnShell } from './shells/OwnShell'
import { lazyPage } from './lazyPage'

const BOTH = ['patient', 'doctor'] as const

export const own = createRoute({ getParentRoute: () => root, id: '_own', component: OwnShell })

const news = createRoute({
  getParentRoute: () => own,
  path: '/notifications',
  component: signedIn(lazyPage(() => import('@/features/news/NewsPage'), 'NewsPage')),
})

const you = createRoute({
  getParentRoute: () => own,
  path: '/you',
  component: signedIn(lazyPage(() => import('@/features/you/YouLayout'), 'YouLayout')),
})

const overview = createRoute({
  getParentRoute: () => you,
  path: '/',
  component: lazyPage(() => import('@/features/you/YouPage'), 'YouPage'),
})

const details = createRoute({
  getParentRoute: () => you,
  path: '/details',
  component: guarded('patient', lazyPage(() => import('@/features/you/DetailsPage'), 'DetailsPage')),
})

const look = createRoute({
  getParentRoute: () => you,
  path: '/look',
  component: lazyPage(() => import('@/features/you/LookPage'), 'LookPage'),
})

const password = createRoute({
  getParentRoute: () => you,
  path: '/password',
  component: guarded(['doctor', 'administrator'], lazyPage(() => import('@/features/you/PasswordPage'), 'PasswordPage')),
})

const messages = createRoute({
  getParentRoute: () => you,
  path: '/messages',
  component: signedIn(lazyPage(() => import('@/features/you/MessagesPage'), 'MessagesPage')),
})

const health = createRoute({
  getParentRoute: () => you,
  path: '/health',
  validateSearch: parseHealth,
  component: guarded('patient', lazyPage(() => import('@/features/you/HealthPage'), 'HealthPage')),
})

const people = createRoute({
  getParentRoute: () => you,
  path: '/people',
  component: guarded('patient', lazyPage(() => import('@/features/you/PeoplePage'), 'PeoplePage')),
})

const calendar = createRoute({
  getParentRoute: () => you,
  path: '/calendar',
  component: guarded(BOTH, lazyPage(() => import('@/features/you/CalendarPage'), 'CalendarPage')),
})

const data = createRoute({
  getParentRoute: () => you,
  path: '/data',
  component: guarded(BOTH, lazyPage(() => import('@/features/you/DataPage'), 'DataPage')),
})

const gone = createRoute({
  getParentRoute: () => own,
  path: '/goodbye',
  component: lazyPage(() => import('@/features/you/GonePage'), 'GonePage'),
})

const payments = createRoute({
  getParentRoute: () => you,
  path: '/payments',
  component: guarded('patient', lazyPage(() => import('@/features/papers/PaymentsPage'), 'PaymentsPage')),
})

const receipt = createRoute({
  getParentRoute: () => own,
  path: '/appointments/$appointmentId/receipt',
  component: signedIn(lazyPage(() => import('@/features/papers/ReceiptPage'), 'ReceiptPage')),
})

const prescription = createRoute({
  getParentRoute: () => own,
  path: '/appointments/$appointmentId/prescription',
  component: guarded(BOTH, lazyPage(() => import('@/features/papers/PrescriptionPage'), 'PrescriptionPage')),
})

const report = createRoute({
  getParentRoute: () => own,
  path: '/report',
  validateSearch: parseReport,
  component: guarded(BOTH, lazyPage(() => import('@/features/report/ReportPage'), 'ReportPage')),
})

const help = createRoute({ getParentRoute: () => own, path: '/help', component: lazyPage(() => import('@/features/about/AboutPage'), 'HelpPage') })
const accessibility = createRoute({ getParentRoute: () => own, path: '/accessibility', component: lazyPage(() => import('@/features/about/AboutPage'), 'AccessibilityPage') })
const privacy = createRoute({ getParentRoute: () => own, path: '/privacy', component: lazyPage(() => import('@/features/about/AboutPage'), 'PrivacyPage') })

export const ownRoutes = [
  help,
  accessibility,
  privacy,
  news,
  gone,
  receipt,
  prescription,
  report,
  you.addChildren([overview, details, health, people, payments, password, look, messages, calendar, data]),
] as const
