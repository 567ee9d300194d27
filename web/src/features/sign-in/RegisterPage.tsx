import { Autocomplete, PasswordInput, Select, TextInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useIntentKey } from '@/shared/api/intent'
import { isKind, wrongFields } from '@/shared/api/problem'
import { clinicQuery, specializationsQuery } from '@/shared/api/public'
import { registerDoctor, signInWithPassword } from '@/shared/api/staff'
import { signedInWith, usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { browserZone, zoneChoices } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { GoTo } from '@/shared/ui/GoTo'
import { focusFirstMistake } from '@/shared/ui/forms'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { EMPTY, mistakesOf, registrationOf, type RegistrationForm } from './registration'

const { account } = words
const text = account.register

function useRegister(currency: string, onWrong: (fields: Record<string, string>) => void) {
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    mutationFn: async (form: RegistrationForm) => {
      const wanted = registrationOf(form, currency)
      await registerDoctor(wanted, keyFor(JSON.stringify(wanted)))
      return signInWithPassword({ email: wanted.email, password: wanted.password })
    },
    onSuccess: ({ access_token }) => {
      settled()
      signedInWith(access_token)
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
      const { 'fee.amount': fee, ...fields } = fieldErrors(error)
      onWrong(fee ? { ...fields, fee } : fields)
    },
  })
}

/** Who registers can sign in at once, and is listed when an administrator has approved. */
export function RegisterPage() {
  usePageTitle(text.title)
  const { me } = usePerson()
  const currency = useQuery(clinicQuery).data?.currency ?? 'USD'
  const specializations = useQuery(specializationsQuery).data ?? []
  const form = useForm<RegistrationForm>({
    mode: 'uncontrolled',
    initialValues: { ...EMPTY, time_zone: browserZone() },
    validate: mistakesOf,
  })
  const register = useRegister(currency, (fields) => form.setErrors(fields))
  if (me) return <GoTo href={homeOf(me.role)} />
  const field = (name: keyof RegistrationForm) => ({ key: form.key(name), ...form.getInputProps(name) })
  return (
    <div className="page form stack loose">
      <div>
        <h1>{text.title}</h1>
        <p className="soft">{text.lead}</p>
      </div>
      <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => register.mutate(values), focusFirstMistake(form))}>
        <TextInput label={text.name} description={text.nameHint} autoComplete="name" {...field('name')} />
        <TextInput label={account.staff.email} type="email" autoComplete="username" {...field('email')} />
        <PasswordInput label={account.staff.password} description={text.passwordHint} autoComplete="new-password" {...field('password')} />
        <TextInput label={account.phone} description={text.phoneHint} type="tel" autoComplete="tel" {...field('phone')} />
        <Autocomplete label={text.specialization} data={specializations.map(({ name }) => name)} {...field('specialization')} />
        <TextInput label={text.fee(currency)} description={text.feeHint} inputMode="decimal" {...field('fee')} />
        <Select label={account.zone} description={text.zoneHint} data={zoneChoices(browserZone())} searchable allowDeselect={false} {...field('time_zone')} />
        <TextInput label={text.languages} description={text.languagesHint} {...field('languages')} />
        <TextInput label={text.qualifications} {...field('qualifications')} />
        <Textarea label={text.about} description={text.aboutHint} autosize minRows={3} maxLength={2_000} {...field('about')} />
        {register.isError && wrongFields(register.error).length === 0 && <Failure error={register.error} />}
        <Button type="submit" size="large" full busy={register.isPending || register.isSuccess}>
          {text.submit}
        </Button>
      </form>
      <p className="center">
        {text.already} <Link to="/sign-in/doctor">{account.staff.title}</Link>
      </p>
    </div>
  )
}
