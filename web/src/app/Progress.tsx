import { useRouterState } from '@tanstack/react-router'
import { words } from '@/shared/text'
import { useSlow } from '@/shared/ui/Skeleton'
import styles from './app.module.css'

/** A line along the top while the next page takes a moment to come. */
export function Progress() {
  const slow = useSlow(useRouterState({ select: ({ isLoading }) => isLoading }))
  return slow ? <div className={styles.progress} role="progressbar" aria-label={words.common.loading} /> : null
}
