import type { ReactNode } from 'react'
import styles from './Odd.module.css'

/** A page that is not what was hoped for: what it is, what is safe, and the ways on. */
export function Odd({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  return (
    <div className={`page form ${styles.odd ?? ''}`}>
      <svg viewBox="0 0 112 112" aria-hidden="true">
        <circle className={styles.ring} cx="56" cy="56" r="48" />
        <path className={styles.arc} d="M56 8a48 48 0 0 1 41.6 24" />
      </svg>
      <h1>{title}</h1>
      <p className="soft">{text}</p>
      <div className={styles.actions}>{children}</div>
    </div>
  )
}
