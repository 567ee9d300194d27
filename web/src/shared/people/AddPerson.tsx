import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RELATIONS, addDependant, dependantsQuery, type Dependant, type NewDependant } from '@/shared/api/dependants'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import * as longest from '@/shared/api/limits'
import { isKind, wrongFields } from '@/shared/api/problem'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { dayOf, now } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'

const text = words.people.adding

interface Props {
  opened: boolean
  onClose: () => void
  onAdded: (who: Dependant) => void
}

/** Somebody to book for, in three answers; the rest can be told in the You section. */
export function AddPerson({ opened, onClose, onAdded }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={text.title} size={520} closeButtonProps={{ 'aria-label': words.common.close }}>
      <Questions onClose={onClose} onAdded={onAdded} />
    </Modal>
  )
}

function Questions({ onClose, onAdded }: Omit<Props, 'opened'>) {
  const queries = useQueryClient()
  const zone = useZone()
  const { keyFor, settled } = useIntentKey()
  const form = useForm<NewDependant>({
    mode: 'uncontrolled',
    initialValues: { name: '', birth_date: '', relation: 'child' },
    validate: {
      name: (value) => (value.trim() ? null : text.nameMissing),
      birth_date: (value) => (value ? null : text.bornMissing),
    },
  })
  const add = useMutation({
    ...repeatable,
    mutationFn: (who: NewDependant) => addDependant(who, keyFor(JSON.stringify(who))),
    onSuccess: (added) => {
      settled()
      queries.setQueryData(dependantsQuery.queryKey, (before) => [...(before ?? []), added])
      void queries.invalidateQueries({ queryKey: dependantsQuery.queryKey })
      onAdded(added)
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
      form.setErrors(fieldErrors(error))
    },
  })
  return (
    <form className="stack" noValidate onSubmit={form.onSubmit((who) => add.mutate({ ...who, name: who.name.trim() }), focusFirstMistake(form))}>
      <p className="soft">{text.lead}</p>
      {add.isError && wrongFields(add.error).length === 0 && <Failure error={add.error} />}
      <TextInput label={text.name} autoComplete="off" maxLength={longest.NewDependant.name.maxLength} data-autofocus key={form.key('name')} {...form.getInputProps('name')} />
      <TextInput label={text.born} type="date" max={dayOf(now(), zone)} key={form.key('birth_date')} {...form.getInputProps('birth_date')} />
      <NativeSelect
        label={text.relation}
        data={RELATIONS.map((value) => ({ value, label: text.relations[value] }))}
        key={form.key('relation')}
        {...form.getInputProps('relation')}
      />
      <div className="dialog-actions">
        <Button look="outline" onClick={onClose}>
          {text.keep}
        </Button>
        <Button type="submit" busy={add.isPending}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}
