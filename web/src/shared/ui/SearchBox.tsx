import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { words } from '@/shared/text'
import { classes } from './classes'
import styles from './fields.module.css'
import { Suggested, type Choices } from './Suggested'
import { useSuggestions } from './suggestions'

interface Props {
  value: string
  onValue: (text: string) => void
  onSpecialization: (name: string) => void
  /** Enter was pressed, or one of several doctors of the same name chosen. */
  onSearch: (text: string) => void
  label: string
  placeholder?: string
  /** Whether the label is to be seen; it is always spoken. */
  labelled?: boolean
  large?: boolean
}

/** Suggests specializations and doctors while one types (the combobox of WAI-ARIA, with the focus in the box). Choosing a doctor goes there. */
export function SearchBox({ value, onValue, onSpecialization, onSearch, label, placeholder = label, labelled = false, large = false }: Props) {
  const navigate = useNavigate()
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const [used, setUsed] = useState(false)
  const [open, setOpen] = useState(false)
  const [marked, setMarked] = useState(-1)
  const { fields, people, namesakes } = useSuggestions(value, used)
  const choices: Choices = [
    ...fields.map((name) => ({ name, doctor: null })),
    ...people.map((doctor) => ({ name: doctor.name, doctor })),
  ]
  const shown = open && choices.length > 0
  const at = shown && marked < choices.length ? marked : -1
  const close = () => {
    setOpen(false)
    setMarked(-1)
  }
  const choose = ({ name, doctor }: Choices[number]) => {
    close()
    if (!doctor) onSpecialization(name)
    else if (namesakes(name) === 1) void navigate({ to: '/doctors/$doctorId', params: { doctorId: doctor.id } })
    else onSearch(name)
  }
  const press = (event: KeyboardEvent) => {
    const chosen = choices[at]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setMarked(at < 0 ? (step > 0 ? 0 : choices.length - 1) : (at + step + choices.length) % choices.length)
    } else if (event.key === 'Escape' && shown) {
      // The browser would empty the box.
      event.preventDefault()
      close()
    } else if (event.key === 'Enter') {
      if (chosen) event.preventDefault()
      close()
      if (chosen) choose(chosen)
      else onSearch(value.trim())
    }
  }
  return (
    <>
      {labelled && <label htmlFor={id}>{label}</label>}
      <div className={styles.box}>
        <span className={styles.icon}>
          <IconSearch size={20} aria-hidden="true" />
        </span>
        <input
          ref={box}
          id={id}
          type="search"
          name="q"
          enterKeyHint="search"
          autoComplete="off"
          role="combobox"
          aria-label={labelled ? undefined : label}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-expanded={shown}
          aria-controls={shown ? `${id}-list` : undefined}
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          className={classes(styles.input, styles.iconed, large && styles.large)}
          placeholder={placeholder}
          value={value}
          onChange={(event) => {
            onValue(event.currentTarget.value)
            setOpen(true)
            setMarked(-1)
          }}
          onFocus={() => setUsed(true)}
          onClick={() => setOpen(true)}
          onBlur={close}
          onKeyDown={press}
        />
        {shown && <Suggested id={id} label={words.find.searchLabel} choices={choices} marked={at} onChoose={choose} />}
      </div>
    </>
  )
}
