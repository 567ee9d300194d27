import { TextInput, type TextInputProps } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Suspense, lazy, useState } from 'react'

const SuggestingBox = lazy(async () => ({ default: (await import('./SuggestingBox')).SuggestingBox }))

export interface SearchBoxProps {
  value: string
  onValue: (text: string) => void
  onSpecialization: (name: string) => void
  /** Enter was pressed, or one of several doctors of the same name chosen. */
  onSearch: (text: string) => void
  label: string
  input?: Pick<TextInputProps, 'label' | 'placeholder' | 'aria-label' | 'variant' | 'size'>
}

/** Takes what is typed at once; the part that suggests is a sixth of a page's scripts, and comes when the page stands. */
export function SearchBox(props: SearchBoxProps) {
  const [focused, setFocused] = useState(false)
  const { value, onValue, onSearch, label, input } = props
  const plain = (
    <TextInput
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={20} aria-hidden="true" />}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => event.key === 'Enter' && onSearch(value.trim())}
      type="search"
      enterKeyHint="search"
      {...input}
    />
  )
  return (
    <Suspense fallback={plain}>
      <SuggestingBox {...props} focused={focused} />
    </Suspense>
  )
}
