import { Bar } from '@/shared/ui/Skeleton'
import styles from './doctor.module.css'

/** The doctor's page as far as it is known when the server sends it: who it is about, where the header will say it. */
export function Introduction({ name }: { name: string }) {
  return (
    <>
      <header className={styles.header}>
        <span className={styles.face} aria-hidden="true" />
        <div className="grow">
          <h1>{name}</h1>
          <p className={styles.specialization} aria-hidden="true">
            <Bar width="min(240px, 80%)" />
          </p>
        </div>
      </header>
      <div aria-hidden="true">
        <Bar width="100%" height={520} round={18} />
      </div>
    </>
  )
}
