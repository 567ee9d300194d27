import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { classes } from './classes'
import styles from './Note.module.css'

interface Props {
  tone?: 'brand' | 'amber' | 'red' | 'green'
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** `alert` interrupts a screen reader: for what somebody must know now. */
  role?: 'alert' | 'status'
  className?: string
}

const icons = { brand: IconInfoCircle, amber: IconAlertTriangle, red: IconAlertTriangle, green: IconCheck }

export function Note({ tone = 'brand', title, children, actions, role, className }: Props) {
  const Icon = icons[tone]
  return (
    <div className={classes(styles.note, tone !== 'brand' && styles[tone], className)} role={role}>
      <Icon aria-hidden="true" />
      <div className={styles.body}>
        {title && <b className={styles.title}>{title}</b>} {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  )
}
