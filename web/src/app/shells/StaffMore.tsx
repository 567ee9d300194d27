import { Link, useNavigate } from '@tanstack/react-router'
import { IconChevronRight, IconLogout, IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { signOut, usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { menuOf } from './menus'
import styles from './shells.module.css'

const { nav } = words.common

/** On a telephone: whatever has no tab, and signing out. */
export function StaffMore() {
  usePageTitle(nav.more)
  const { me } = usePerson()
  const behind = menuOf(me?.role).entries.filter(({ tab }) => !tab)
  return (
    <div className="stack">
      <h1>{nav.more}</h1>
      <nav className="card" aria-label={nav.more}>
        <ul className={styles.moreList}>
          {[...behind, { to: '/you' as const, label: words.you.title, icon: IconSettings }].map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to}>
                <Icon size={22} aria-hidden="true" />
                <span className="grow">{label}</span>
                <IconChevronRight size={20} aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Leave />
    </div>
  )
}

function Leave() {
  const navigate = useNavigate()
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const leave = () => {
    setState('busy')
    signOut().then(
      () => navigate({ to: '/sign-in/doctor' }),
      () => setState('failed'),
    )
  }
  return (
    <>
      {state === 'failed' && (
        <Note tone="red" role="alert">
          {words.account.you.signOutFailed}
        </Note>
      )}
      <Button look="outline" icon={<IconLogout size={20} aria-hidden="true" />} busy={state === 'busy'} onClick={leave}>
        {nav.signOut}
      </Button>
    </>
  )
}
