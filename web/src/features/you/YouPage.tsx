import { Link } from '@tanstack/react-router'
import { IconChevronRight } from '@tabler/icons-react'
import type { Role } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Avatar } from '@/shared/ui/Avatar'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { sectionsFor } from './sections'
import { SignOut } from './SignOut'
import styles from './you.module.css'

const text = words.you

/** The way to everything that is a person's own. */
export function YouPage() {
  usePageTitle(text.title)
  const { me } = usePerson()
  if (!me) return null
  return (
    <div className="stack loose">
      <div className={styles.self}>
        <Avatar name={me.name} photo={me.photo_url} size="large" />
        <div className="grow">
          <h1 className="break">{me.name}</h1>
          <p className="muted break">{me.email}</p>
        </div>
      </div>
      <ul className={styles.entries}>
        {sectionsFor(me.role as Role).map(({ to, title, text: what, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className={`card ${styles.entry ?? ''}`}>
              <span className={styles.icon}>
                <Icon size={24} aria-hidden="true" />
              </span>
              <span className="grow">
                <b className="strong">{title}</b>
                <span className="soft small">{what}</span>
              </span>
              <IconChevronRight size={20} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      <SignOut look="outline" />
    </div>
  )
}
