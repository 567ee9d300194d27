import { NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Suspense, lazy } from 'react'
import { dependantsQuery } from '@/shared/api/dependants'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Note } from '@/shared/ui/Note'

const AddPerson = lazy(async () => ({ default: (await import('./AddPerson')).AddPerson }))

const text = words.people.who
const SOMEBODY = 'somebody'

export interface Attendee {
  /** Null for the patient themself. */
  id: string | null
  name: string
  /** False until it is known whether the person who was asked for is in the list; nothing may be booked before. */
  known: boolean
}

/** Who a visit is to be for: the one asked for if the patient books for them, otherwise nobody until chosen again. */
export function useAttendee(wanted: string | undefined): Attendee {
  const { me } = usePerson()
  const patient = me?.role === 'patient'
  const { data } = useQuery({ ...dependantsQuery, enabled: patient })
  if (!wanted) return { id: null, name: me?.name ?? '', known: true }
  const found = data?.find(({ id }) => id === wanted)
  return { id: wanted, name: found?.name ?? '', known: found !== undefined }
}

interface Props {
  value: string | undefined
  onChange: (dependant: string | undefined) => void
}

/** Me, one of those I book for, or somebody who is added here and now. */
export function WhoFor({ value, onChange }: Props) {
  const { me } = usePerson()
  const patient = me?.role === 'patient'
  const { data, error } = useQuery({ ...dependantsQuery, enabled: patient })
  const [adding, { open, close }] = useDisclosure(false)
  if (!patient) return null
  const lost = value !== undefined && data !== undefined && !data.some(({ id }) => id === value)
  return (
    <>
      {lost && <Note tone="amber">{text.notFound}</Note>}
      {error && !data && <p className="small soft">{text.failed}</p>}
      <NativeSelect
        label={text.label}
        value={lost ? '' : (value ?? 'me')}
        onChange={({ currentTarget: { value: chosen } }) => {
          if (chosen === SOMEBODY) open()
          else onChange(chosen === 'me' ? undefined : chosen)
        }}
        data={[
          ...(lost ? [{ value: '', label: '' }] : []),
          { value: 'me', label: text.me(me.name) },
          ...(data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          { value: SOMEBODY, label: text.other },
        ]}
      />
      {adding && (
        <Suspense fallback={null}>
          <AddPerson
            opened
            onClose={close}
            onAdded={(who) => {
              close()
              onChange(who.id)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
