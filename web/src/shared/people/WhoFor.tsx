import { NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { dependantsQuery } from '@/shared/api/dependants'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { lazyPart } from '@/shared/ui/lazyPart'
import { Note } from '@/shared/ui/Note'

const AddPerson = lazyPart(async () => (await import('./AddPerson')).AddPerson)

const text = words.people.who
const SOMEBODY = 'somebody'

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
