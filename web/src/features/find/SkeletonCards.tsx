import { classes } from '@/shared/ui/classes'
import { Bar } from '@/shared/ui/Skeleton'
import styles from './find.module.css'

export function SkeletonCards({ count }: { count: number }) {
  return (
    <div className={styles.list} aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={classes('card', styles.doctor, styles.later)}>
          <div className={styles.when}>
            <Bar width={84} height={24} />
            <Bar width={62} height={14} />
          </div>
          <div className={styles.who}>
            <Bar width={60} height={60} round="31%" />
            <div className="grow stack tight">
              <Bar width="min(240px, 80%)" height={22} />
              <Bar width="min(340px, 100%)" height={15} />
            </div>
          </div>
          <div className={styles.buy}>
            <Bar width={74} height={38} />
            <Bar width={112} height={44} round={12} />
          </div>
        </div>
      ))}
    </div>
  )
}
