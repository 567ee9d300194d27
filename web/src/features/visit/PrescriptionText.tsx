import type { Draft } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import styles from './visit.module.css'

const text = words.visit.prescription

export function PrescriptionText({ draft }: { draft: Draft }) {
  return (
    <div className="stack">
      {draft.medicines.length > 0 && (
        <ol className={styles.medicines}>
          {draft.medicines.map(({ name, dose, days, instructions }, index) => (
            <li key={`${name}${index}`}>
              <b className="strong">{name}</b>
              <span>
                {dose}, {days === null ? text.further : text.forDays(days)}
              </span>
              {instructions && <span className="soft">{instructions}</span>}
            </li>
          ))}
        </ol>
      )}
      {draft.advice && <p className={styles.advice}>{draft.advice}</p>}
    </div>
  )
}
