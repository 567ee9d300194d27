import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { IconCalendar, IconHistory, IconSearch, IconSun, IconUser, IconWorld } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { usePerson, useZone } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { placeOf, useNow } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import buttons from '@/shared/ui/Button.module.css'
import { ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { drawing } from '@/shared/ui/drawing'
import { Logo } from '@/shared/ui/Logo'
import { Bell } from './Bell'
import { Foot } from './Foot'
import { SkipLink } from './SkipLink'
import styles from './shells.module.css'

const { nav } = words.common

/** Nobody comes back to a page of signing in, and the secret of a letter's link stays where it is. */
function leadsNowhere(href: string) {
  return href.startsWith('/sign-in') || href.startsWith('/new-password')
}

interface Item {
  to: '/doctors' | '/appointments' | '/appointments/past' | '/you' | '/sign-in' | '/today' | '/admin'
  label: string
  icon: typeof IconUser
  exact?: boolean
  bottomOnly?: boolean
}

function useItems(): Item[] {
  const { me, state } = usePerson()
  const find: Item = { to: '/doctors', label: nav.find, icon: IconSearch }
  if (me?.role === 'patient')
    return [
      find,
      { to: '/appointments', label: nav.appointments, icon: IconCalendar, exact: true },
      { to: '/appointments/past', label: nav.past, icon: IconHistory },
      { to: '/you', label: nav.you, icon: IconUser, bottomOnly: true },
    ]
  if (me) {
    const to = homeOf(me.role)
    return to === '/doctors' ? [find] : [find, { to, label: to === '/today' ? nav.today : nav.doctors, icon: IconSun }]
  }
  return state === 'signed-out' ? [find, { to: '/sign-in', label: nav.signIn, icon: IconUser, bottomOnly: true }] : [find]
}

function ZoneClock() {
  const zone = useZone()
  return (
    <span className={styles.zone}>
      <IconWorld size={18} aria-hidden="true" />
      <span className="inline-ap">
        {words.common.zoneTime(placeOf(zone))}, <Clock at={useNow()} zone={zone} />
      </span>
    </span>
  )
}

function Account() {
  const { me, state } = usePerson()
  const { href } = useLocation()
  if (me)
    return (
      <>
        <Bell />
        <Link to="/you" className={buttons.icon}>
          <Avatar name={me.name} photo={me.photo_url} size="tiny" />
          <span className="sr">{words.common.yourDetails(me.name)}</span>
        </Link>
      </>
    )
  if (state !== 'signed-out') return <span className={styles.accountGap} />
  return (
    <ButtonLink to="/sign-in" search={leadsNowhere(href) ? {} : { return_to: href }} look="outline" size="small">
      {nav.signIn}
    </ButtonLink>
  )
}

export function PatientShell({ children }: { children?: ReactNode }) {
  const items = useItems()
  return (
    <>
      <SkipLink />
      <header className={styles.top}>
        <div>
          <Logo to="/" />
          <nav aria-label={words.common.menu} className={styles.topNav}>
            {items
              .filter((item) => !item.bottomOnly)
              .map(({ to, label, exact }) => (
                <Link key={to} to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
                  {label}
                </Link>
              ))}
          </nav>
          <span className="grow" />
          {!drawing && <ZoneClock />}
          <Account />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children ?? <Outlet />}
      </main>
      <Foot />
      <nav className={styles.tabs} aria-label={words.common.menuBottom}>
        {items.map(({ to, label, icon: Icon, exact }) => (
          <Link key={to} to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
            <Icon size={24} aria-hidden="true" />
            {to === '/doctors' ? nav.findShort : label}
          </Link>
        ))}
      </nav>
    </>
  )
}
