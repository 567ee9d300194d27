import { IconX } from '@tabler/icons-react'
import type { Sort } from '@/shared/api/public'
import { formatRating, formatWhole } from '@/shared/format/money'
import { fieldName, languageName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { Select } from '@/shared/ui/Select'
import styles from './find.module.css'
import type { FindSearch } from './search'

const text = words.find

interface Chip {
  label: string
  without: FindSearch
}

function chipsOf(search: FindSearch, currency: string): Chip[] {
  const { q, specialization, when, price, rating, language } = search
  const chips: Chip[] = []
  if (q) chips.push({ label: text.searchChip(q), without: { q: undefined } })
  if (specialization) chips.push({ label: fieldName(specialization), without: { specialization: undefined } })
  if (when) chips.push({ label: text.soonestChips[when], without: { when: undefined } })
  if (price) chips.push({ label: text.priceUpTo(formatWhole({ amount: price, currency })), without: { price: undefined } })
  if (rating) chips.push({ label: text.ratingChip(formatRating(rating)), without: { rating: undefined } })
  if (language) chips.push({ label: text.speaksChip(languageName(language)), without: { language: undefined } })
  return chips
}

interface Props {
  search: FindSearch
  total: number | null
  failed: boolean
  currency: string
  onChange: (part: FindSearch) => void
}

export function ListTools({ search, total, failed, currency, onChange }: Props) {
  return (
    <div className={styles.tools}>
      <p className={styles.count} role="status">
        {total !== null ? text.count(total) : failed ? '' : text.looking}
      </p>
      <div className={styles.chips}>
        {chipsOf(search, currency).map(({ label, without }) => (
          <button key={label} type="button" className={styles.chip} aria-label={text.removeFilter(label)} onClick={() => onChange(without)}>
            {label}
            <IconX size={17} aria-hidden="true" />
          </button>
        ))}
      </div>
      <Select
        aria-label={text.sort}
        className={styles.sort}
        value={search.sort ?? 'next_free'}
        onChange={(event) => onChange({ sort: event.currentTarget.value === 'next_free' ? undefined : (event.currentTarget.value as Sort) })}
        options={Object.entries(text.sortOptions).map(([value, label]) => ({ value, label }))}
      />
    </div>
  )
}
