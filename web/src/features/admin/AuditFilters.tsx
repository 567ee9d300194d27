import { NativeSelect, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { IconChevronRight } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import styles from './admin.module.css'
import { ROLES, isId, type AuditSearch } from './search'

const text = words.history
const { filters } = text

/** What narrows the history. Counts once “Show” is pressed, and stands in the address then. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const navigate = useNavigate()
  const [form, setForm] = useState<AuditSearch>(search)
  const [tried, setTried] = useState(false)
  const about = form.about?.trim() ?? ''
  const wrong = about !== '' && !isId(about)
  const set = (part: Partial<Record<keyof AuditSearch, string>>) => setForm((before) => ({ ...before, ...part }) as AuditSearch)
  const apply = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong) return
    const wanted = { ...form, about }
    void navigate({ to: '/admin/audit', search: Object.fromEntries(Object.entries(wanted).filter(([, value]) => value)) })
  }
  const narrowed = Object.keys(search).length > 0
  const verbs = Object.entries(text.verbs).sort(([, one], [, other]) => one.localeCompare(other))
  return (
    <details className={`card ${styles.narrow ?? ''}`} open={narrowed}>
      <summary>
        <IconChevronRight size={20} aria-hidden="true" />
        {filters.title}
      </summary>
      <form className="stack" onSubmit={apply} aria-label={filters.title} noValidate>
        <div className={styles.filters}>
          <NativeSelect
            label={filters.verb}
            value={form.verb ?? ''}
            data={[{ value: '', label: filters.any }, ...verbs.map(([value, label]) => ({ value, label }))]}
            onChange={(event) => set({ verb: event.currentTarget.value })}
          />
          <NativeSelect
            label={filters.role}
            value={form.role ?? ''}
            data={[{ value: '', label: filters.anybody }, ...ROLES.map((value) => ({ value, label: text.roles[value] }))]}
            onChange={(event) => set({ role: event.currentTarget.value })}
          />
          <TextInput type="date" label={filters.since} value={form.from ?? ''} onChange={(event) => set({ from: event.currentTarget.value })} />
          <TextInput type="date" label={filters.until} value={form.to ?? ''} onChange={(event) => set({ to: event.currentTarget.value })} />
        </div>
        <TextInput
          label={filters.about}
          description={filters.aboutHint}
          value={form.about ?? ''}
          error={tried && wrong && filters.aboutWrong}
          onChange={(event) => set({ about: event.currentTarget.value })}
        />
        {search.actor && <p className="soft small">{filters.onlyBy}</p>}
        <div className="row wrap">
          <Button type="submit" size="small">
            {filters.apply}
          </Button>
          {narrowed && (
            <Button look="quiet" size="small" onClick={() => void navigate({ to: '/admin/audit', search: {} })}>
              {filters.clear}
            </Button>
          )}
        </div>
      </form>
    </details>
  )
}
