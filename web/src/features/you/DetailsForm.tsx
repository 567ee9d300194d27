import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { repeatable } from '@/shared/api/intent'
import { changeProfile, meQuery, profileQuery } from '@/shared/api/mine'
import { wrongFields } from '@/shared/api/problem'
import type { PatientProfile } from '@/shared/api/types'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { browserZone, zoneChoices, placeOf } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { focusFirstMistake } from '@/shared/ui/forms'
import { Leaving } from '@/shared/ui/Leaving'
import { notify } from '@/shared/ui/notify'

const { account } = words
const text = account.you

export function DetailsForm({ profile }: { profile: PatientProfile }) {
  const queries = useQueryClient()
  const form = useForm({
    initialValues: { name: profile.name, phone: profile.phone ?? '', time_zone: profile.time_zone },
    validate: { phone: (value) => (value.trim() ? null : account.phoneMissing) },
  })
  const save = useMutation({
    ...repeatable,
    mutationFn: (values: typeof form.values) => changeProfile(values),
    onSuccess: (saved, sent) => {
      form.resetDirty(sent)
      queries.setQueryData(profileQuery.queryKey, saved)
      void queries.invalidateQueries({ queryKey: meQuery.queryKey })
      void notify(text.saved)
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  const unmarked = save.isError && wrongFields(save.error).length === 0
  const here = browserZone()
  return (
    <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => save.mutate(values), focusFirstMistake(form))}>
      <Leaving dirty={form.isDirty()} />
      {unmarked && <Failure error={save.error} />}
      <TextInput label={text.name} autoComplete="name" {...form.getInputProps('name')} />
      <TextInput label={text.email} description={text.emailHint} value={profile.email} readOnly />
      <TextInput label={account.phone} description={account.phoneHint} type="tel" autoComplete="tel" {...form.getInputProps('phone')} />
      <Select
        label={account.zone}
        description={account.zoneHint}
        data={zoneChoices(form.values.time_zone)}
        searchable
        allowDeselect={false}
        {...form.getInputProps('time_zone')}
      />
      {form.values.time_zone !== here && (
        <Note
          tone="amber"
          actions={
            <Button look="outline" size="small" onClick={() => form.setFieldValue('time_zone', here)}>
              {text.useBrowserZone(placeOf(here))}
            </Button>
          }
        >
          {text.zoneDiffers(placeOf(here))}
        </Note>
      )}
      <Button type="submit" busy={save.isPending}>
        {text.save}
      </Button>
    </form>
  )
}
