import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { dependantsQuery, removeDependant, type Dependant } from '@/shared/api/dependants'
import { isKind } from '@/shared/api/problem'
import { words } from '@/shared/text'
import { Ask } from '@/shared/ui/Ask'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { PersonDialog } from './PersonDialog'
import { PersonRow } from './PersonRow'
import { SectionHead } from './SectionHead'
import styles from './you.module.css'

const text = words.you.people

type Open = { what: 'add' } | { what: 'change' | 'remove'; person: Dependant } | null

export function PeoplePage() {
  const people = useQuery(dependantsQuery)
  const slow = useSlow(people.isPending)
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <div className="stack loose">
      <SectionHead title={text.title} lead={text.lead} />
      {people.error && !people.data && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {slow && <Bar width="100%" height={160} round={18} />}
      {people.data?.length === 0 && (
        <div className={`card ${styles.empty ?? ''}`}>
          <IconUsers size={40} aria-hidden="true" />
          <h2>{text.none}</h2>
          <p>{text.noneText}</p>
        </div>
      )}
      {people.data && people.data.length > 0 && (
        <ul className={`card ${styles.people ?? ''}`}>
          {people.data.map((person) => (
            <PersonRow key={person.id} person={person} onChange={() => setOpen({ what: 'change', person })} onRemove={() => setOpen({ what: 'remove', person })} />
          ))}
        </ul>
      )}
      {people.data && (
        <div>
          <Button icon={<IconPlus size={20} aria-hidden="true" />} onClick={() => setOpen({ what: 'add' })}>
            {text.add}
          </Button>
        </div>
      )}
      {open?.what === 'add' && <PersonDialog person={null} onClose={close} />}
      {open?.what === 'change' && <PersonDialog person={open.person} onClose={close} />}
      {open?.what === 'remove' && <Remove person={open.person} onClose={close} />}
    </div>
  )
}

function Remove({ person, onClose }: { person: Dependant; onClose: () => void }) {
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => removeDependant(person.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: dependantsQuery.queryKey })
      onClose()
      void notify(text.removed(person.name))
    },
  })
  const ask = text.removeAsk
  const ahead = isKind(remove.error, 'dependant-has-visits')
  return (
    <Ask
      opened
      title={ask.title(person.name)}
      keep={ask.keep}
      go={ask.go}
      danger
      error={ahead ? null : remove.error}
      busy={remove.isPending}
      onClose={onClose}
      onGo={() => remove.mutate()}
    >
      <p className="soft">{ask.text}</p>
      {ahead && (
        <Note
          tone="red"
          role="alert"
          actions={
            <ButtonLink look="outline" size="small" to="/appointments">
              {text.seeVisits}
            </ButtonLink>
          }
        >
          {text.hasVisits(person.name)}
        </Note>
      )}
    </Ask>
  )
}
