import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { suggestionsQuery } from '@/shared/api/public'
import { words } from '@/shared/text'
import { Avatar } from './Avatar'
import { beginsLike } from './beginsLike'
import type { SearchBoxProps } from './SearchBox'

const WAIT = 200
const text = words.find

/** What the server thinks is meant: it forgives slips of the keyboard, and of nothing typed it says what most look for. */
function useSuggestions(typed: string) {
  const text = typed.trim()
  const [wanted] = useDebouncedValue(text, WAIT)
  const { data, isPlaceholderData } = useQuery(suggestionsQuery(wanted))
  const late = isPlaceholderData || wanted !== text
  // Until the server has heard all of it, only what begins like that: whoever types and presses Enter at once means nothing else.
  const fits = ({ name }: { name: string }) => !late || beginsLike(name, text)
  return { fields: data?.specializations.filter(fits).map(({ name }) => name) ?? [], doctors: data?.doctors.filter(fits) ?? [] }
}

/** Suggests specializations and doctors while one types. Choosing a doctor goes there. */
export function SuggestingBox({ value, onValue, onSpecialization, onSearch, label, input, focused }: SearchBoxProps & { focused: boolean }) {
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const { fields, doctors } = useSuggestions(value)
  const names = [...new Set(doctors.map(({ name }) => name))].filter((name) => !fields.includes(name))
  const chosen = useRef<string | null>(null)
  const box = useRef<HTMLInputElement>(null)
  const wasFocused = useRef(focused)
  useEffect(() => {
    // Whoever was typing in the plain box goes on in this one.
    if (wasFocused.current) box.current?.focus()
  }, [])
  const choose = (option: string) => {
    chosen.current = option
    if (fields.includes(option)) { onSpecialization(option); return; }
    const named = doctors.filter(({ name }) => name === option)
    const [only] = named
    if (only && named.length === 1) return void navigate({ to: '/doctors/$doctorId', params: { doctorId: only.id } })
    onSearch(option);
  }
  return (
    <Autocomplete
      ref={box}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={20} aria-hidden="true" />}
      value={value}
      onChange={(text) => {
        // A chosen option is also written into the box, after it was acted on.
        if (text !== chosen.current) onValue(text)
        chosen.current = null
      }}
      onOptionSubmit={choose}
      dropdownOpened={open && fields.length + names.length > 0}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onKeyDown={(event) => {
        // With an option marked, Enter chooses it; Mantine prevents the default then.
        if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-activedescendant')) return
        setOpen(false)
        onSearch(value.trim())
      }}
      data={[
        ...(fields.length ? [{ group: text.groupSpecializations, items: fields }] : []),
        ...(names.length ? [{ group: text.groupDoctors, items: names }] : []),
      ]}
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const doctor = doctors.find(({ name }) => name === option.value && !fields.includes(name))
        return doctor ? (
          <span className="row">
            <Avatar name={doctor.name} photo={doctor.photo_url} size="tiny" />
            <span className="grow">
              {doctor.name} <span className="muted small">{doctor.specialization}</span>
            </span>
          </span>
        ) : (
          option.value
        )
      }}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      maxDropdownHeight={380}
      type="search"
      enterKeyHint="search"
      {...input}
    />
  )
}
