import { PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { signInWithPassword } from '@/shared/api/staff'
import { signedInWith } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'

const text = words.account.staff

/** E-mail and password of a doctor or an administrator. */
export function StaffForm({ email = '' }: { email?: string }) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (value.trim() ? null : text.emailMissing),
      password: (value) => (value ? null : text.passwordMissing),
    },
  })
  const signIn = useMutation({
    mutationFn: signInWithPassword,
    onSuccess: ({ access_token }) => signedInWith(access_token),
  })
  return (
    <form className="stack" noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values), focusFirstMistake(form))}>
      {signIn.error && <Failure error={signIn.error} />}
      <TextInput label={text.email} type="email" autoComplete="username" key={form.key('email')} {...form.getInputProps('email')} />
      <PasswordInput label={text.password} autoComplete="current-password" key={form.key('password')} {...form.getInputProps('password')} />
      <Button type="submit" size="large" full busy={signIn.isPending || signIn.isSuccess}>
        {text.submit}
      </Button>
    </form>
  )
}
