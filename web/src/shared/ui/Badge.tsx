import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { classes } from './classes'

export type Tone = 'grey' | 'brand' | 'amber' | 'green' | 'red' | 'blue'

export function Badge({ tone = 'grey', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes(styles.badge, tone !== 'grey' && styles[tone])}>
      {icon}
      {children}
    </span>
  )
}
