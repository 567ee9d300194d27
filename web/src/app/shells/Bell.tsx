import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconBell } from '@tabler/icons-react'
import { unreadQuery } from '@/shared/api/news'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import buttons from '@/shared/ui/Button.module.css'
import styles from './shells.module.css'

const { bell } = words.news
const MOST = 99

/** How much somebody was told that they have not read. */
export function useUnread(): { unread: number; label: string } {
  const { me } = usePerson()
  const unread = useQuery({ ...unreadQuery, enabled: me !== null }).data ?? 0
  return { unread, label: bell(unread) }
}

export function Count({ unread }: { unread: number }) {
  if (unread === 0) return null
  return (
    <span className={styles.unread} aria-hidden="true">
      {unread > MOST ? `${MOST}+` : unread}
    </span>
  )
}

export function Bell() {
  const { unread, label } = useUnread()
  return (
    <Link to="/notifications" className={buttons.icon}>
      <IconBell size={24} aria-hidden="true" />
      <Count unread={unread} />
      <span className="sr">{label}</span>
    </Link>
  )
}
