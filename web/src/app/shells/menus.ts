/** Where doctors and administrators can go. What has no place among a telephone's tabs stands on the page “More”. */
import {
  IconAlertTriangle,
  IconCalendar,
  IconCash,
  IconClock,
  IconDots,
  IconFlag,
  IconHistory,
  IconHome,
  IconListDetails,
  IconMessage,
  IconPlugConnected,
  IconStar,
  IconSun,
  IconUser,
  IconUserOff,
} from '@tabler/icons-react'
import { words } from '@/shared/text'

const { nav } = words.common
const { nav: admin } = words.admin
const { nav: practice } = words.practice

interface Item {
  label: string
  icon: typeof IconSun
  /** One of the at most four tabs on a telephone, beside “More”; `short` where the label is too long for it. */
  tab?: boolean
  /** Not the place of the pages below its address. */
  exact?: boolean
  short?: string
}

export const doctorMenu = [
  { to: '/today', label: nav.today, icon: IconSun, tab: true },
  { to: '/calendar', label: words.calendar.title, icon: IconCalendar, tab: true },
  { to: '/visits', label: words.record.title, icon: IconHistory, exact: true },
  { to: '/feedback', label: words.record.feedback.title, icon: IconStar },
  { to: '/hours', label: nav.hours, icon: IconClock, tab: true },
  { to: '/earnings', label: practice.earnings, icon: IconCash },
  { to: '/profile', label: practice.profile, icon: IconUser },
] as const satisfies readonly (Item & { to: string })[]

export const adminMenu = [
  { to: '/admin', label: admin.overview, icon: IconHome, tab: true, exact: true },
  { to: '/admin/doctors', label: admin.doctors, icon: IconUser, tab: true },
  { to: '/admin/tasks', label: admin.tasks, short: admin.tasksShort, icon: IconAlertTriangle, tab: true },
  { to: '/admin/messages', label: admin.messages, icon: IconMessage, tab: true },
  { to: '/admin/payments', label: admin.payments, icon: IconCash },
  { to: '/admin/claims', label: admin.claims, icon: IconUserOff },
  { to: '/admin/reports', label: admin.reports, icon: IconFlag },
  { to: '/admin/audit', label: admin.audit, icon: IconListDetails },
  { to: '/admin/providers', label: admin.providers, icon: IconPlugConnected },
] as const satisfies readonly (Item & { to: string })[]

export type Entry = (typeof doctorMenu | typeof adminMenu)[number] & Item

export const menus = {
  doctor: { entries: doctorMenu as readonly Entry[], more: '/more' },
  administrator: { entries: adminMenu as readonly Entry[], more: '/admin/more' },
} as const

export const MoreIcon = IconDots

export function menuOf(role: string | undefined) {
  return role === 'administrator' ? menus.administrator : menus.doctor
}
