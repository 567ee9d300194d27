import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Delivery, DoctorStatus, ReportState, Trouble } from '@/shared/api/admin'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import { usePageTitle } from '@/shared/ui/PageTitle'
import styles from './admin.module.css'

interface Props {
  title: string
  lead?: string
  /** Whether the page tells times: then it says whose clock they are of. */
  times?: boolean
  children?: ReactNode
}

export function Head({ title, lead, times = false, children }: Props) {
  const zone = useZone()
  usePageTitle(title)
  return (
    <div className={styles.head}>
      <div>
        <h1>{title}</h1>
        {lead && <p className="muted">{lead}</p>}
        {times && <p className="muted small">{words.calendar.zone(placeOf(zone))}</p>}
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
