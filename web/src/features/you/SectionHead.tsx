import { usePageTitle } from '@/shared/ui/PageTitle'
import styles from './you.module.css'

export function SectionHead({ title, lead }: { title: string; lead?: string }) {
  usePageTitle(title)
  return (
    <div className={styles.title}>
      <h1>{title}</h1>
      {lead && <p>{lead}</p>}
    </div>
  )
}
