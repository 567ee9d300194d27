import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { words } from '@/shared/text'
import { SearchBox } from '@/shared/ui/SearchBox'
import type { FindSearch } from './search'

const PAUSE = 350

/** The list follows what is typed, after a pause; what the address says comes back into the box. Before the scripts are there, Enter sends the form. */
export function LiveSearch({ text, onChange }: { text: string; onChange: (part: FindSearch) => void }) {
  const [value, setValue] = useState(text)
  const [seen, setSeen] = useState(text)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (text !== seen) {
    setSeen(text)
    if (text !== value.trim()) setValue(text)
  }
  useEffect(() => () => clearTimeout(pause.current), [])
  const search = (q: string, wait: number) => {
    setValue(q)
    clearTimeout(pause.current)
    pause.current = setTimeout(() => onChange({ q: q.trim() || undefined }), wait)
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    search(value, 0)
  }
  return (
    <form role="search" action="/doctors" onSubmit={submit}>
      <SearchBox
        label={words.find.searchLabel}
        value={value}
        onValue={(q) => search(q, PAUSE)}
        onSearch={(q) => search(q, 0)}
        onSpecialization={(specialization) => {
          clearTimeout(pause.current)
          setValue('')
          onChange({ specialization, q: undefined })
        }}
        large
      />
    </form>
  )
}
