import type { ReactNode } from 'react'
import styles from './Facts.module.css'

/** Names and what they stand for; what is empty is left out. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, what]) => what !== null && what !== '' && what !== false)
        .map(([name, what]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
    </dl>
  )
}
