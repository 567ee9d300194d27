import { useRouter } from '@tanstack/react-router'
import { IconBell, IconCalendar, IconCalendarX, IconCash, IconChevronRight, IconClock, IconStar, IconUser } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import type { NewsItem, Role } from '@/shared/api/types'
import { words } from '@/shared/text'
import { dayOf, dayShort, type Zone } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import styles from './news.module.css'
import { whereTo } from './where'

const text = words.news

const icons: Partial<Record<NewsItem['kind'], typeof IconBell>> = {
  booked: IconCalendar,
  link_ready: IconCalendar,
  rescheduled: IconCalendar,
  cancelled: IconCalendarX,
  voided: IconCalendarX,
  not_charged: IconCash,
  pay_again: IconCash,
  refund_completed: IconCash,
  feedback_request: IconStar,
  feedback_received: IconStar,
  feedback_summary: IconStar,
  reminder_day: IconClock,
  reminder_soon: IconClock,
  offer: IconClock,
  follow_up: IconClock,
  welcome: IconUser,
  signed_in: IconUser,
  password_reset: IconUser,
  password_changed: IconUser,
  registered: IconUser,
  approved: IconUser,
  rejected: IconUser,
}

function sentence({ kind, visit }: NewsItem, role: Role): string {
  if (role === 'patient') return text.patient[kind]?.(visit?.doctor_name ?? text.doctor) ?? text.otherwise
  return text.staff[kind]?.(visit?.patient_name ?? text.aPatient) ?? text.otherwise
}

interface Props {
  item: NewsItem
  zone: Zone
  role: Role
  onRead: () => void
}

/** What happened, when the visit is, when it was told. Following it marks it as read. */
export function NewsRow({ item, zone, role, onRead }: Props) {
  const router = useRouter()
  const Icon = icons[item.kind] ?? IconBell
  const href = whereTo(item, role)
  const follow = (event: MouseEvent) => {
    if (!item.read) onRead()
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    router.history.push(href, { from: '/notifications' })
  }
  return (
    <li className={classes(styles.item, !item.read && styles.fresh)}>
      <a href={href} onClick={follow}>
        <span className={styles.icon}>
          <Icon size={22} aria-hidden="true" />
        </span>
        <span className="grow">
          <span className={styles.what}>
            {sentence(item, role)} {!item.read && <span className={styles.badge}>{text.fresh}</span>}
          </span>
          {item.visit && (
            <span className="soft small inline-ap">
              {dayShort(dayOf(item.visit.starts_at, zone))}, <Clock at={item.visit.starts_at} zone={zone} />
            </span>
          )}
          {item.delivery === 'failed' && <span className={styles.delivery}>{text.mailFailed}</span>}
          {item.delivery === 'withheld' && <span className={styles.delivery}>{text.notMailed}</span>}
        </span>
        <span className={styles.told}>
          {dayShort(dayOf(item.at, zone))}
          <br />
          <span className="inline-ap">
            <Clock at={item.at} zone={zone} />
          </span>
        </span>
        <IconChevronRight className={styles.arrow} size={20} aria-hidden="true" />
      </a>
    </li>
  )
}
