import { useInfiniteQuery } from '@tanstack/react-query'
import { doctorsQuery } from '@/shared/api/public'
import { useZone } from '@/shared/auth'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayLong, dayOf } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { WaitPrompt } from '@/shared/waiting/WaitPrompt'
import styles from './find.module.css'
import { countFilters, type FindSearch } from './search'

const text = words.find.empty

const NO_FILTERS: FindSearch = { specialization: undefined, price: undefined, rating: undefined, language: undefined, when: undefined }

/** Names the nearest match, which is who fits once only the words searched for and the specialization count, and offers the way there. */
export function EmptyResult({ search, onChange }: { search: FindSearch; onChange: (part: FindSearch) => void }) {
  const zone = useZone()
  const relaxed = { ...(search.q && { q: search.q }), ...(search.specialization && { specialization: search.specialization }), sort: 'next_free' as const, limit: 1 }
  const nearest = useInfiniteQuery(doctorsQuery(relaxed)).data?.pages[0]?.items[0]
  const filtered = countFilters(search) > 0
  return (
    <div className={`card ${styles.empty ?? ''}`}>
      <svg viewBox="0 0 160 64" width="200" aria-hidden="true">
        <rect className={styles.emptyStrip} x="2" y="18" width="156" height="28" rx="9" />
        <rect className={styles.emptySlot} x="14" y="25" width="34" height="14" rx="4" />
        <rect className={styles.emptySlot} x="56" y="25" width="20" height="14" rx="4" />
        <rect className={styles.emptySlot} x="84" y="25" width="46" height="14" rx="4" />
        <path className={styles.emptyNow} d="M139 8v48" />
        <circle className={styles.emptyNow} cx="139" cy="8" r="5" />
      </svg>
      <h2>{filtered ? text.title : words.find.count(0)}</h2>
      <p>
        {nearest
          ? text.nearest(nearest.name, fieldName(nearest.specialization)) +
            (nearest.next_free_at ? text.nearestFree(dayLong(dayOf(nearest.next_free_at, zone))) : text.nearestNotFree)
          : text.nothing}
      </p>
      <div className={styles.emptyActions}>
        {nearest && (
          <ButtonLink to="/doctors/$doctorId" params={{ doctorId: nearest.id }}>
            {text.see(nearest.name)}
          </ButtonLink>
        )}
        {nearest && search.when && (
          <Button look="outline" onClick={() => onChange({ when: undefined })}>
            {text.anyTime}
          </Button>
        )}
        <Button look="outline" onClick={() => onChange({ ...NO_FILTERS, q: undefined })}>
          {text.clear}
        </Button>
      </div>
      {search.specialization && <WaitForField field={search.specialization} />}
    </div>
  )
}

/** Whoever looks for a field in vain can be told when one of its doctors has time. */
function WaitForField({ field }: { field: string }) {
  const { waiting } = words
  return (
    <WaitPrompt
      look="quiet"
      target={{ what: waiting.joining.field(fieldName(field)), wish: { specialization: field } }}
      same={(wait) => wait.specialization === field}
      ask={waiting.ask}
      waiting={waiting.waitingField(fieldName(field))}
    />
  )
}
