import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { IconClock, IconLogout, IconSun, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { signOut, usePerson, useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Button, IconButton } from '@/shared/ui/Button'
import { Logo } from '@/shared/ui/Logo'
import { Note } from '@/shared/ui/Note'
import { Foot } from './Foot'
import { SkipLink } from './SkipLink'
import styles from './shells.module.css'

const { nav } = words.common

const doctorItems = [
  { to: '/today', label: nav.today, icon: IconSun },
  { to: '/hours', label: nav.hours, icon: IconClock },
] as const

const adminItems = [{ to: '/admin/doctors', label: nav.doctors, icon: IconUser }] as const

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
      <div className="row">
        <Avatar name={me.name} photo={me.photo_url} size="small" />
        <div className="grow">
          <b className="strong break">{me.name}</b>
          <br />
          <span className="muted">{me.role === 'doctor' ? words.common.zoneTime(placeOf(zone)) : words.staff.roles.administrator}</span>
        </div>
      </div>
      <Button look="quiet" size="small" full icon={<IconLogout size={20} aria-hidden="true" />} onClick={onLeave}>
        {nav.signOut}
      </Button>
    </div>
  )
}

export function StaffShell() {
  const { me } = usePerson()
  const { leave, failed } = useSignOut()
  const items = me?.role === 'administrator' ? adminItems : doctorItems
  return (
    <div className={`staff ${styles.shell ?? ''}`}>
      <SkipLink />
      <aside className={styles.side}>
        <Logo to="/" />
        <nav aria-label={words.common.menu}>
          {items.map(({ to, label, icon: Icon }) => (
            <Link key={to} to={to}>
              <Icon size={20} aria-hidden="true" />
              {label}
            </Link>
          ))}
        </nav>
        <Self onLeave={leave} />
      </aside>
      <div>
        <header className={styles.staffTop}>
          <Logo to="/" />
          <span className="grow" />
          <IconButton label={nav.signOut} onClick={leave}>
            <IconLogout size={22} aria-hidden="true" />
          </IconButton>
          {me && <Avatar name={me.name} photo={me.photo_url} size="tiny" />}
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
      <nav className={styles.staffTabs} aria-label={words.common.menuBottom}>
        {items.map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to}>
            <Icon size={24} aria-hidden="true" />
            {label}
          </Link>
        ))}
      </nav>
    </div>
  )
}
