import type { IconUser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { classes } from '@/shared/ui/classes'
import styles from './admin.module.css'

interface Props {
  icon: typeof IconUser
  tone?: 'red' | 'amber'
  title: ReactNode
  under?: ReactNode
  meta?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

/** One thing to see to: what it is, about what, what is the matter, and what can be done. */
export function Item({ icon: Icon, tone, title, under, meta, actions, children }: Props) {
  return (
    <li className={styles.item}>
      <span className={classes(styles.mark, tone && styles[tone])}>
        <Icon size={24} aria-hidden="true" />
      </span>
      <div className="grow stack tight">
        <div>
          <b className="strong break">{title}</b>
          {under && <p className="muted break">{under}</p>}
        </div>
        {children}
        {meta && <p className="muted small">{meta}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </li>
  )
}
