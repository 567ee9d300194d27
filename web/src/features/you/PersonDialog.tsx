import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useFocusReturn } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { RELATIONS, addDependant, changeDependant, dependantsQuery, type Dependant, type Relation } from '@/shared/api/dependants'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { isKind, wrongFields } from '@/shared/api/problem'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { dayOf, now } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'
import { Leaving } from '@/shared/ui/Leaving'
import { notify } from '@/shared/ui/notify'

const text = words.you.people
const unsaved = words.you.leaving

/** Adds somebody, or changes what is known of them. */
export function PersonDialog({ person, onClose }: { person: Dependant | null; onClose: () => void }) {
  const queries = useQueryClient()
  const today = dayOf(now(), useZone())
  const { keyFor, settled } = useIntentKey()
  const form = useForm({
    initialValues: { name: person?.name ?? '', birth_date: person?.birth_date ?? '', relation: (person?.relation ?? '') },
    validate: {
      name: (value) => (value.trim() ? null : text.nameMissing),
      birth_date: (value) => (value ? null : text.birthMissing),
      relation: (value) => (value ? null : text.relationMissing),
    },
  })
  const save = useMutation({
    ...repeatable,
    mutationFn: ({ relation, ...rest }: typeof form.values) => {
      const who = { ...rest, relation: relation as Relation }
      return person ? changeDependant(person.id, who) : addDependant(who, keyFor(JSON.stringify(who)))
    },
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: dependantsQuery.queryKey })
      onClose()
      void notify(person ? text.changed : text.added(name))
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
      form.setErrors(fieldErrors(error))
    },
  })
  const dirty = form.isDirty() && !save.isSuccess
  const [leaving, setLeaving] = useState(false)
  useFocusReturn({ opened: leaving })
  const close = () => (dirty ? setLeaving(true) : onClose())
  const unmarked = save.error && wrongFields(save.error).length === 0
  return (
    <Modal opened onClose={close} title={person ? text.changeTitle(person.name) : text.addTitle} size={520} closeButtonProps={{ 'aria-label': words.common.close }}>
      <form className="stack" noValidate onSubmit={form.onSubmit((values) => save.mutate(values), focusFirstMistake(form))}>
        <TextInput label={text.name} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
        <TextInput type="date" label={text.birth} description={text.birthHint} max={today} {...form.getInputProps('birth_date')} />
        <NativeSelect
          label={text.relation}
          data={[{ value: '', label: text.choose, disabled: true }, ...RELATIONS.map((value) => ({ value, label: text.relations[value] }))]}
          {...form.getInputProps('relation')}
        />
        {unmarked && <Failure error={save.error} />}
        <div className="dialog-actions">
          <Button look="outline" onClick={close}>
            {text.cancel}
          </Button>
          <Button type="submit" busy={save.isPending}>
            {words.you.save}
          </Button>
        </div>
      </form>
      <Leaving dirty={dirty} />
      {/* There only once it is asked: else the Escape that asks would answer it, too. */}
      {leaving && (
        <Ask opened onClose={() => setLeaving(false)} title={unsaved.title} keep={unsaved.keep} go={unsaved.go} danger onGo={onClose}>
          <p className="soft">{unsaved.text}</p>
        </Ask>
      )}
    </Modal>
  )
}
