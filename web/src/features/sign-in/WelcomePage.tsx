import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { repeatable } from '@/shared/api/intent'
import { changeProfile, meQuery, profileQuery } from '@/shared/api/mine'
import { wrongFields } from '@/shared/api/problem'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { browserZone, zoneChoices, placeOf } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { GoTo } from '@/shared/ui/GoTo'
import { focusFirstMistake } from '@/shared/ui/forms'
import { usePageTitle } from '@/shared/ui/PageTitle'

const route = getRouteApi('/_patient/welcome')
const text = words.account

/** What a first sign-in still needs: a telephone number, and the time zone that the device suggests. */
export function WelcomePage() {
  const { return_to } = route.useSearch()
  const { me } = usePerson()
  const queries = useQueryClient()
  usePageTitle(text.welcome.title(me?.name ?? ''))
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { phone: '', time_zone: browserZone() },
    validate: { phone: (value) => (value.trim() ? null : text.phoneMissing) },
  })
  const save = useMutation({
    ...repeatable,
    mutationFn: changeProfile,
    onSuccess: async () => {
      void queries.invalidateQueries({ queryKey: profileQuery.queryKey })
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  if (me?.phone) return <GoTo href={return_to ?? '/doctors'} />
  const unmarked = save.isError && wrongFields(save.error).length === 0
  return (
    <div className="page form stack loose">
      <div>
        <h1>{text.welcome.title(me?.name ?? '')}</h1>
        <p className="soft">{text.welcome.lead}</p>
      </div>
      <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => save.mutate(values), focusFirstMistake(form))}>
        {unmarked && <Failure error={save.error} />}
        <TextInput
          label={text.phone}
          description={text.phoneHint}
          type="tel"
          autoComplete="tel"
          key={form.key('phone')}
          {...form.getInputProps('phone')}
        />
        <Select
          label={text.zone}
          description={text.zoneDetected(placeOf(browserZone()))}
          data={zoneChoices(browserZone())}
          searchable
          allowDeselect={false}
          key={form.key('time_zone')}
          {...form.getInputProps('time_zone')}
        />
        <Button type="submit" size="large" full busy={save.isPending}>
          {text.welcome.submit}
        </Button>
      </form>
    </div>
  )
}
