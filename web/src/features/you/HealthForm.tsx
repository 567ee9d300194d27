import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { repeatable } from '@/shared/api/intent'
import { MedicalProfileText } from '@/shared/api/limits'
import { medicalQuery, saveMedical } from '@/shared/api/own'
import type { MedicalProfile } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { dayFull, dayOf } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Leaving } from '@/shared/ui/Leaving'
import { notify } from '@/shared/ui/notify'

const text = words.you.health
const FIELDS = ['conditions', 'medication', 'allergies'] as const
const hints = { conditions: text.conditionsHint, medication: text.medicationHint, allergies: text.allergiesHint }

export function HealthForm({ profile, dependant }: { profile: MedicalProfile; dependant: string | undefined }) {
  const zone = useZone()
  const queries = useQueryClient()
  const form = useForm({
    initialValues: { conditions: profile.conditions, medication: profile.medication, allergies: profile.allergies },
  })
  const save = useMutation({
    ...repeatable,
    mutationFn: (values: typeof form.values) => saveMedical(values, dependant),
    onSuccess: (saved, values) => {
      queries.setQueryData(medicalQuery(dependant).queryKey, saved)
      form.resetDirty(values)
      void notify(text.done)
    },
  })
  const dirty = form.isDirty()
  return (
    <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Leaving dirty={dirty} />
      {FIELDS.map((field) => (
        <Textarea key={field} label={text[field]} description={hints[field]} autosize minRows={3} maxRows={12} maxLength={MedicalProfileText[field].maxLength} {...form.getInputProps(field)} />
      ))}
      {save.error && <Failure error={save.error} />}
      <p className="muted small">{profile.updated_at ? text.updated(dayFull(dayOf(profile.updated_at, zone))) : text.never}</p>
      <div>
        <Button type="submit" busy={save.isPending}>
          {words.you.save}
        </Button>
      </div>
    </form>
  )
}
