import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import type { Role } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { classes } from '@/shared/ui/classes'
import { sectionsFor } from './sections'
import { SignOut } from './SignOut'
import styles from './you.module.css'

const text = words.you

/** One page of a person's own: beside the list of the others where there is room, else with the way back to it. */
export function YouLayout() {
  const { me } = usePerson()
  const { pathname } = useLocation()
  const role = (me?.role ?? 'patient') as Role
  const frame = role === 'patient' ? 'page narrow' : undefined
  if (pathname.replace(/\/$/, '') === '/you')
    return (
      <div className={frame}>
        <Outlet />
      </div>
    )
  return (
    <div className={classes(frame, styles.columns)}>
      <nav className={styles.side} aria-label={text.sections}>
        {sectionsFor(role).map(({ to, title, icon: Icon }) => (
          <Link key={to} to={to}>
            <Icon size={20} aria-hidden="true" />
            {title}
          </Link>
        ))}
        <SignOut look="quiet" />
      </nav>
      <div className={styles.content}>
        <Link to="/you" className={styles.back}>
          <IconChevronLeft size={20} aria-hidden="true" />
          {text.back}
        </Link>
        <Outlet />
      </div>
    </div>
  )
}
