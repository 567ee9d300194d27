import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { specializationsQuery } from '@/shared/api/public'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { classes } from '@/shared/ui/classes'
import styles from './landing.module.css'

const SHOWN = 5

/** The specializations with the most doctors. */
export function Often() {
  const { data } = useQuery(specializationsQuery)
  const common = [...(data ?? [])].sort((a, b) => b.doctors - a.doctors).slice(0, SHOWN)
  return (
    <p className={classes(styles.often, !data && styles.coming)}>
      {common.length > 0 && <span>{words.landing.often}</span>}
      {common.map(({ name }) => (
        <Link key={name} to="/doctors" search={{ specialization: name }}>
          {fieldName(name)}
        </Link>
      ))}
    </p>
  )
}
