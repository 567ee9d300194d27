import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { parseStep } from '@/features/register/search'
import { parseReturn } from '@/features/sign-in/search'
import { parseDoctorSearch } from '@/features/doctor/search'
import { parseFindSearch } from '@/features/find/search'
import { parsePaymentSearch } from '@/features/booking/search'
import { parseSlotSearch } from '@/shared/slots/search'
import { Crash } from './Crash'
import { Waiting } from './Waiting'
import { adminRoutes } from './adminRoutes'
import { doctorRoutes } from './doctorRoutes'
import { root, staff } from './frames'
import { guarded } from './Guarded'
import { own, ownRoutes } from './ownRoutes'
import { PatientShell } from './shells/PatientShell'
import { lazyPage } from './lazyPage'

const landing = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/landing/LandingPage'), 'LandingPage'),
})

const patient = createRoute({ getParentRoute: () => root, id: '_patient', component: () => <PatientShell /> })

const find = createRoute({
  getParentRoute: () => patient,
  path: '/doctors',
  validateSearch: parseFindSearch,
  component: lazyRouteComponent(() => import('@/features/find/FindPage'), 'FindPage'),
})

const doctor = createRoute({
  getParentRoute: () => patient,
  path: '/doctors/$doctorId',
  validateSearch: parseDoctorSearch,
  component: lazyRouteComponent(() => import('@/features/doctor/DoctorPage'), 'DoctorPage'),
})

const signIn = createRoute({
  getParentRoute: () => patient,
  path: '/sign-in',
  validateSearch: parseReturn,
  component: lazyPage(() => import('@/features/sign-in/PatientSignIn'), 'PatientSignIn'),
})

const doctorSignIn = createRoute({
  getParentRoute: () => patient,
  path: '/sign-in/doctor',
  validateSearch: parseReturn,
  component: lazyPage(() => import('@/features/sign-in/StaffSignIn'), 'StaffSignIn'),
})

const forgotten = createRoute({
  getParentRoute: () => patient,
  path: '/sign-in/forgotten',
  component: lazyPage(() => import('@/features/sign-in/ForgottenPage'), 'ForgottenPage'),
})

const newPassword = createRoute({
  getParentRoute: () => patient,
  path: '/new-password',
  component: lazyPage(() => import('@/features/sign-in/NewPasswordPage'), 'NewPasswordPage'),
})

const signedIn = createRoute({
  getParentRoute: () => patient,
  path: '/signed-in',
  component: lazyPage(() => import('@/features/sign-in/SignedInPage'), 'SignedInPage'),
})

const register = createRoute({
  getParentRoute: () => patient,
  path: '/register',
  validateSearch: parseStep,
  component: lazyPage(() => import('@/features/register/RegisterPage'), 'RegisterPage'),
})

const welcome = createRoute({
  getParentRoute: () => patient,
  path: '/welcome',
  validateSearch: parseReturn,
  component: guarded('patient', lazyPage(() => import('@/features/sign-in/WelcomePage'), 'WelcomePage')),
})

const appointments = createRoute({
  getParentRoute: () => patient,
  path: '/appointments',
  component: guarded('patient', lazyPage(() => import('@/features/appointments/UpcomingPage'), 'UpcomingPage')),
})

const past = createRoute({
  getParentRoute: () => patient,
  path: '/appointments/past',
  component: guarded('patient', lazyPage(() => import('@/features/past/PastPage'), 'PastPage')),
})

const appointment = createRoute({
  getParentRoute: () => patient,
  path: '/appointments/$appointmentId',
  validateSearch: parsePaymentSearch,
  component: guarded('patient', lazyPage(() => import('@/features/appointments/AppointmentPage'), 'AppointmentPage')),
})

const feedback = createRoute({
  getParentRoute: () => patient,
  path: '/appointments/$appointmentId/feedback',
  component: guarded('patient', lazyPage(() => import('@/features/feedback/FeedbackPage'), 'FeedbackPage')),
})

const pay = createRoute({
  getParentRoute: () => patient,
  path: '/appointments/$appointmentId/pay',
  validateSearch: parsePaymentSearch,
  component: guarded('patient', lazyPage(() => import('@/features/booking/PayPage'), 'PayPage')),
})

const waiting = createRoute({
  getParentRoute: () => patient,
  path: '/waiting',
  component: guarded('patient', lazyPage(() => import('@/features/waiting/WaitingPage'), 'WaitingPage')),
})

const move = createRoute({
  getParentRoute: () => patient,
  path: '/appointments/$appointmentId/move',
  validateSearch: parseSlotSearch,
  component: guarded('patient', lazyPage(() => import('@/features/appointments/MovePage'), 'MovePage')),
})

const alternatives = createRoute({
  getParentRoute: () => patient,
  path: '/appointments/$appointmentId/alternatives',
  component: guarded('patient', lazyPage(() => import('@/features/appointments/InsteadPage'), 'InsteadPage')),
})

export const router = createRouter({
  routeTree: root.addChildren([
    landing,
    staff.addChildren([...doctorRoutes, ...adminRoutes]),
    patient.addChildren([find, doctor, signIn, doctorSignIn, forgotten, newPassword, signedIn, register, welcome, appointments, past, appointment, feedback, pay, move, alternatives, waiting]),
    own.addChildren(ownRoutes),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  defaultErrorComponent: Crash,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
