import { useNavigate } from '@tanstack/react-router'
import { useId, useState, type SubmitEvent } from 'react'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { SearchBox } from '@/shared/ui/SearchBox'
import styles from './landing.module.css'

const text = words.landing

type When = keyof typeof text.whenOptions

/** What and when; the answer is the list of doctors. */
export function SearchForm() {
  const navigate = useNavigate()
  const [need, setNeed] = useState('')
  const [when, setWhen] = useState<When>('any')
  const whenId = useId()
  const go = (search: { q?: string; specialization?: string }) =>
    void navigate({ to: '/doctors', search: { ...search, ...(when !== 'any' && { when }) } })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    go(need.trim() ? { q: need.trim() } : {})
  }
  return (
    <form className={styles.find} role="search" action="/doctors" onSubmit={submit}>
      <div className={styles.field}>
        <SearchBox
          label={text.need}
          value={need}
          onValue={setNeed}
          onSearch={(q) => go(q ? { q } : {})}
          onSpecialization={(specialization) => go({ specialization })}
          placeholder={text.needHint}
          labelled
        />
      </div>
      <div className={`${styles.field ?? ''} ${styles.whenField ?? ''}`}>
        <label htmlFor={whenId}>{text.when}</label>
        <select id={whenId} name="when" value={when} onChange={(event) => setWhen(event.currentTarget.value as When)}>
          {Object.entries(text.whenOptions).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <Button type="submit" size="large">
        {text.find}
      </Button>
    </form>
  )
}
