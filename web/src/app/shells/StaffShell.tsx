import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { IconBell, IconLogout } from '@tabler/icons-react'
import { useState } from 'react'
import { signOut, usePerson, useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Button, IconButton } from '@/shared/ui/Button'
import buttons from '@/shared/ui/Button.module.css'
import { Logo } from '@/shared/ui/Logo'
import { Note } from '@/shared/ui/Note'
import { Bell, Count, useUnread } from './Bell'
import { Foot } from './Foot'
import { SkipLink } from './SkipLink'
import { MoreIcon, menuOf } from './menus'
import styles from './shells.module.css'

const { nav } = words.common

function useSignOut() {
  const navigate = useNavigate()
  const [failed, setFailed] = useState(false)
  const leave = () => {
    setFailed(false)
    signOut().then(
      () => navigate({ to: '/sign-in/doctor' }),
      () => setFailed(true),
    )
  }
  return { leave, failed }
}

function Self({ onLeave }: { onLeave: () => void }) {
  const { me } = usePerson()
  const zone = useZone()
  if (!me) return null
  return (
    <div className={styles.self}>
      <Link to="/you" className={styles.selfLink}>
        <span className="sr">{words.you.title}: </span>
        <Avatar name={me.name} photo={me.photo_url} size="small" />
        <span className="grow">
          <b className="strong break">{me.name}</b>
          <br />
          <span className="muted">{me.role === 'doctor' ? words.common.zoneTime(placeOf(zone)) : words.staff.roles.administrator}</span>
        </span>
      </Link>
      <Button look="quiet" size="small" full icon={<IconLogout size={20} aria-hidden="true" />} onClick={onLeave}>
        {nav.signOut}
      </Button>
    </div>
  )
}

function NewsEntry() {
  const { unread, label } = useUnread()
  return (
    <Link to="/notifications">
      <IconBell size={20} aria-hidden="true" />
      <span aria-hidden="true">{words.news.title}</span>
      <span className="sr">{label}</span>
      <Count unread={unread} />
    </Link>
  )
}

export function StaffShell() {
  const { me } = usePerson()
  const { leave, failed } = useSignOut()
  return (
    <div className={`staff ${styles.shell ?? ''}`}>
      <SkipLink />
      <aside className={styles.side}>
        <Logo to="/" />
        <nav aria-label={words.common.menu}>
          {menuOf(me?.role).entries.map(({ to, label, icon: Icon, exact = false }) => (
            <Link key={to} to={to} activeOptions={{ exact }}>
              <Icon size={20} aria-hidden="true" />
              {label}
            </Link>
          ))}
          <NewsEntry />
        </nav>
        <Self onLeave={leave} />
      </aside>
      <div>
        <header className={styles.staffTop}>
          <Logo to="/" />
          <span className="grow" />
          <Bell />
          <IconButton label={nav.signOut} onClick={leave}>
            <IconLogout size={22} aria-hidden="true" />
          </IconButton>
          {me && (
            <Link to="/you" className={buttons.icon}>
              <Avatar name={me.name} photo={me.photo_url} size="tiny" />
              <span className="sr">{words.common.yourDetails(me.name)}</span>
            </Link>
          )}
        </header>
        <main id="main" className={styles.main} tabIndex={-1}>
          {failed && (
            <Note tone="red" role="alert">
              {words.account.you.signOutFailed}
            </Note>
          )}
          <Outlet />
        </main>
        <Foot />
      </div>
      <Tabs role={me?.role} />
    </div>
  )
}

function Tabs({ role }: { role: string | undefined }) {
  const { pathname } = useLocation()
  const { entries, more } = menuOf(role)
  const behind = entries.filter(({ tab }) => !tab)
  return (
    <nav className={styles.staffTabs} aria-label={words.common.menuBottom}>
      {entries
        .filter(({ tab }) => tab)
        .map(({ to, label, short, icon: Icon, exact = false }) => (
          <Link key={to} to={to} activeOptions={{ exact }}>
            <Icon size={24} aria-hidden="true" />
            {short ?? label}
          </Link>
        ))}
      <Link to={more} aria-current={behind.some(({ to, exact = false }) => (exact ? pathname === to : pathname.startsWith(to))) ? 'true' : undefined}>
        <MoreIcon size={24} aria-hidden="true" />
        {nav.more}
      </Link>
    </nav>
  )
}
