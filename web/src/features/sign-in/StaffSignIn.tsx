import { PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { signInWithPassword } from '@/shared/api/staff'
import { signedInWith, usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { GoTo } from '@/shared/ui/GoTo'
import { focusFirstMistake } from '@/shared/ui/forms'
import { usePageTitle } from '@/shared/ui/PageTitle'

const route = getRouteApi('/_patient/sign-in/doctor')
const text = words.account.staff

export function StaffSignIn() {
  usePageTitle(text.title)
  const { return_to } = route.useSearch()
  const { me } = usePerson()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() ? null : text.emailMissing),
      password: (value) => (value ? null : text.passwordMissing),
    },
  })
  const signIn = useMutation({
    mutationFn: signInWithPassword,
    onSuccess: ({ access_token }) => signedInWith(access_token),
  })
  if (me) return <GoTo href={return_to ?? homeOf(me.role)} />
  return (
    <div className="page form stack loose">
      <div>
        <h1>{text.title}</h1>
        <p className="soft">{text.lead}</p>
      </div>
      <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values), focusFirstMistake(form))}>
        {signIn.error && <Failure error={signIn.error} />}
        <TextInput label={text.email} type="email" autoComplete="username" key={form.key('email')} {...form.getInputProps('email')} />
        <PasswordInput label={text.password} autoComplete="current-password" key={form.key('password')} {...form.getInputProps('password')} />
        <Button type="submit" size="large" full busy={signIn.isPending || signIn.isSuccess}>
          {text.submit}
        </Button>
      </form>
      <p className="center">
        <Link to="/register">{text.register}</Link>
      </p>
      <p className="center">
        {text.patients} <Link to="/sign-in">{text.patientsHere}</Link>
      </p>
    </div>
  )
}
