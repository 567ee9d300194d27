import { TextInput, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { repeatable } from '@/shared/api/intent'
import { MedicineInput, PrescriptionRequest } from '@/shared/api/limits'
import type { Appointment, Prescription } from '@/shared/api/types'
import { prescribe, prescriptionQuery, refreshVisits } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import { Ask } from '@/shared/ui/Ask'
import { Button, IconButton } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Leaving } from '@/shared/ui/Leaving'
import { notify } from '@/shared/ui/notify'
import { PrescriptionText } from './PrescriptionText'
import { NO_MEDICINE, draftOf, formOf, mistakesOf, sameForm, saysNothing, type MedicineForm } from './draft'
import styles from './visit.module.css'

const text = words.visit.prescription
const unsaved = words.you.leaving

/** Written first, then looked at as the patient gets it, then given. */
export function PrescriptionForm({ visit, written, onClose }: { visit: Appointment; written: Prescription | undefined; onClose: () => void }) {
  const [start] = useState(() => formOf(written))
  const [form, setForm] = useState(start)
  const [tried, setTried] = useState(false)
  const [looking, setLooking] = useState(false)
  const queries = useQueryClient()
  const mistakes = tried ? mistakesOf(form) : {}
  const draft = draftOf(form)
  const dirty = !sameForm(form, start)
  const save = useMutation({
    ...repeatable,
    mutationFn: () => prescribe(visit.id, draft),
    onSuccess: (stored) => {
      queries.setQueryData(prescriptionQuery(visit.id).queryKey, stored)
      onClose()
      void notify(text.saved)
    },
    onSettled: () => refreshVisits(queries),
  })
  const [leaving, setLeaving] = useState(false)
  const change = (key: number, part: Partial<MedicineForm>) =>
    setForm((before) => ({ ...before, medicines: before.medicines.map((each) => (each.key === key ? { ...each, ...part } : each)) }))
  const add = () =>
    setForm((before) => ({ ...before, medicines: [...before.medicines, { key: Math.max(-1, ...before.medicines.map(({ key }) => key)) + 1, ...NO_MEDICINE }] }))
  const remove = (key: number) => setForm((before) => ({ ...before, medicines: before.medicines.filter((each) => each.key !== key) }))
  const look = () => {
    setTried(true)
    setLooking(Object.keys(mistakesOf(form)).length === 0 && !saysNothing(draft))
  }
  if (looking)
    return (
      <div className="stack">
        <Leaving dirty={dirty && !save.isSuccess} />
        <h3>{text.previewTitle}</h3>
        <div className={styles.paper}>
          <PrescriptionText draft={draft} />
        </div>
        {save.error && <Failure error={save.error} />}
        <div className="row wrap">
          <Button look="outline" onClick={() => setLooking(false)}>
            {text.edit}
          </Button>
          <Button busy={save.isPending} onClick={() => save.mutate()}>
            {text.save}
          </Button>
        </div>
      </div>
    )
  return (
    <div className="stack">
      <Leaving dirty={dirty} />
      <Ask opened={leaving} onClose={() => setLeaving(false)} title={unsaved.title} keep={unsaved.keep} go={unsaved.go} danger onGo={onClose}>
        <p className="soft">{unsaved.text}</p>
      </Ask>
      {form.medicines.map((medicine, index) => (
        <Medicine
          key={medicine.key}
          medicine={medicine}
          number={index + 1}
          wrong={(field) => {
            const mistake = mistakes[`${field}${medicine.key}`]
            return mistake ? text[mistake] : undefined
          }}
          onChange={(part) => change(medicine.key, part)}
          onRemove={() => remove(medicine.key)}
        />
      ))}
      <div>
        <Button look="quiet" size="small" icon={<IconPlus size={18} aria-hidden="true" />} onClick={add}>
          {text.add}
        </Button>
      </div>
      <Textarea
        label={text.advice}
        rows={4}
        maxLength={PrescriptionRequest.advice.maxLength}
        value={form.advice}
        onChange={(event) => {
          const { value } = event.currentTarget
          setForm((before) => ({ ...before, advice: value }))
        }}
      />
      {tried && saysNothing(draft) && (
        <p className={styles.error} role="alert">
          {text.empty}
        </p>
      )}
      <div className="row wrap">
        <Button look="outline" onClick={() => (dirty ? setLeaving(true) : onClose())}>
          {text.keep}
        </Button>
        <Button onClick={look}>{text.preview}</Button>
      </div>
    </div>
  )
}

interface Props {
  medicine: MedicineForm
  number: number
  wrong: (field: string) => string | undefined
  onChange: (part: Partial<MedicineForm>) => void
  onRemove: () => void
}

function Medicine({ medicine, number, wrong, onChange, onRemove }: Props) {
  const { name, dose, days, instructions } = medicine
  return (
    <fieldset className={styles.medicine}>
      <div className="row between">
        <legend className="strong">{text.medicine(number)}</legend>
        <IconButton label={text.remove(name || text.medicine(number))} onClick={onRemove}>
          <IconTrash size={20} aria-hidden="true" />
        </IconButton>
      </div>
      <TextInput label={text.name} value={name} maxLength={MedicineInput.name.maxLength} error={wrong('name')} onChange={(event) => onChange({ name: event.currentTarget.value })} />
      <TextInput label={text.dose} description={text.doseHint} value={dose} maxLength={MedicineInput.dose.maxLength} error={wrong('dose')} onChange={(event) => onChange({ dose: event.currentTarget.value })} />
      <TextInput label={text.days} description={text.daysHint} inputMode="numeric" value={days} error={wrong('days')} onChange={(event) => onChange({ days: event.currentTarget.value })} />
      <TextInput label={text.instructions} value={instructions} maxLength={MedicineInput.instructions.maxLength} onChange={(event) => onChange({ instructions: event.currentTarget.value })} />
    </fieldset>
  )
}
