import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Delivery, DoctorStatus, ReportState, Trouble } from '@/shared/api/admin'
import { words } from '@/shared/text'
import { classes } from '@/shared/ui/classes'
import { usePageTitle } from '@/shared/ui/PageTitle'
import styles from './admin.module.css'

export function Head({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  usePageTitle(title)
  return (
    <div className={styles.head}>
      <div>
        <h1>{title}</h1>
        {lead && <p className="muted">{lead}</p>}
      </div>
      {children}
    </div>
  )
}

type Shown = DoctorStatus | Delivery | Trouble | ReportState

interface Choice {
  value: Shown | undefined
  label: string
}

/** Parts of one list, one of them chosen; the address says which. */
export function Segments({ choices, chosen }: { choices: Choice[]; chosen: Shown | undefined }) {
  return (
    <nav className={classes(styles.segments, choices.length === 4 ? styles.pairs : choices.length > 4 && styles.many)} aria-label={words.admin.show}>
      {choices.map(({ value, label }) => (
        <Link key={label} to="." search={value ? { show: value } : {}} replace activeOptions={{ exact: true }} aria-current={value === chosen ? 'true' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
