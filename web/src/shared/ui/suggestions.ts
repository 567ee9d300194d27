import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { suggestionsQuery } from '@/shared/api/public'
import { fieldName } from '@/shared/format/terms'
import { beginsLike } from './beginsLike'

const WAIT = 200

function useAfterPause(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const pause = setTimeout(() => setSettled(text), WAIT)
    return () => clearTimeout(pause)
  }, [text])
  return settled
}

/** What the server thinks is meant: it forgives slips of the keyboard, and of nothing typed it says what most look for. Nothing is asked until `wanted`. */
export function useSuggestions(typed: string, wanted: boolean) {
  const text = typed.trim()
  const asked = useAfterPause(text)
  const { data, isPlaceholderData } = useQuery({ ...suggestionsQuery(asked), enabled: wanted })
  const late = isPlaceholderData || asked !== text
  // Until the server has heard all of it, only what begins like that: whoever types and presses Enter at once means nothing else.
  const fits = ({ name }: { name: string }) => !late || beginsLike(name, text) || beginsLike(fieldName(name), text)
  const fields = data?.specializations.filter(fits).map(({ name }) => name) ?? []
  const doctors = data?.doctors.filter(fits) ?? []
  // Of several doctors of one name the list of them can be searched for.
  const people = doctors.filter(({ name }, index) => !fields.includes(name) && doctors.findIndex((each) => each.name === name) === index)
  return { fields, people, namesakes: (name: string) => doctors.filter((each) => each.name === name).length }
}
