import { useState } from 'react'
import type { DoctorPage } from '@/shared/api/types'
import { useQuery } from '@tanstack/react-query'
import { specializationsQuery } from '@/shared/api/public'
import { formatRating } from '@/shared/format/money'
import { fieldName, languageName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { Radios } from '@/shared/ui/Radios'
import { Select } from '@/shared/ui/Select'
import { PriceFilter } from './PriceFilter'
import styles from './find.module.css'
import { RATINGS, WHENS, type FindSearch } from './search'

const text = words.find
const SHOWN = 5

interface Props {
  search: FindSearch
  facets: DoctorPage['facets'] | undefined
  onChange: (part: FindSearch) => void
}

export function Filters({ search, facets, onChange }: Props) {
  const languages = (facets?.language ?? []).map(({ name }) => name)
  if (search.language && !languages.includes(search.language)) languages.unshift(search.language)
  return (
    <div className={styles.filters}>
      <Specializations chosen={search.specialization} onChange={(specialization) => onChange({ specialization })} />
      <fieldset>
        <legend>{text.soonest}</legend>
        <Radios
          label={text.soonest}
          value={search.when ?? 'any'}
          options={[...WHENS, 'any' as const].map((value) => ({ value, label: text.soonestOptions[value] }))}
          onChange={(value) => onChange({ when: value === 'any' ? undefined : value })}
        />
      </fieldset>
      <PriceFilter dearest={facets?.dearest} price={search.price} onChange={(price) => onChange({ price })} />
      <fieldset>
        <legend>{text.rating}</legend>
        <Radios
          label={text.rating}
          value={String(search.rating ?? '')}
          options={[
            { value: '', label: text.ratingAny },
            ...RATINGS.map((value) => ({ value: String(value), label: text.ratingAtLeast(formatRating(value)) })),
          ]}
          onChange={(value) => onChange({ rating: value ? Number(value) : undefined })}
        />
      </fieldset>
      <fieldset>
        <Select
          label={text.speaks}
          value={search.language ?? ''}
          onChange={(event) => onChange({ language: event.currentTarget.value || undefined })}
          options={[{ value: '', label: text.anyLanguage }, ...languages.map((value) => ({ value, label: languageName(value) }))]}
        />
      </fieldset>
    </div>
  )
}

function Specializations({ chosen, onChange }: { chosen: string | undefined; onChange: (name: string | undefined) => void }) {
  const { data } = useQuery(specializationsQuery)
  const [all, setAll] = useState(false)
  if (!data?.length) return null
  const common = [...data].sort((a, b) => b.doctors - a.doctors).slice(0, SHOWN)
  const shown = all ? data : data.filter((each) => common.includes(each) || each.name === chosen)
  return (
    <fieldset>
      <legend>{text.specialization}</legend>
      <Radios
        label={text.specialization}
        value={chosen ?? ''}
        options={[
          { value: '', label: text.anySpecialization },
          ...shown.map(({ name, doctors }) => ({
            value: name,
            label: (
              <span className={styles.counted}>
                {fieldName(name)}
                <span className="muted small">{doctors}</span>
              </span>
            ),
          })),
        ]}
        onChange={(value) => onChange(value || undefined)}
      />
      {data.length > shown.length || all ? (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? text.showFewer : text.showAll(data.length)}
        </button>
      ) : null}
    </fieldset>
  )
}
