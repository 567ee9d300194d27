import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { forgotPassword } from '@/shared/api/staff'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { wrongFields } from '@/shared/api/problem'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'
import { usePageTitle } from '@/shared/ui/PageTitle'

const text = words.passwords.forgotten

/** Asks for a link to a new password; whether there is such an account, nobody learns here. */
export function ForgottenPage() {
  usePageTitle(text.title)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: (value) => (value.trim() ? null : text.emailMissing) },
  })
  const ask = useMutation({ mutationFn: forgotPassword, onError: (error) => form.setErrors(fieldErrors(error)) })
  return (
    <div className="page form stack loose">
      <div role="status" className="stack tight">
        <h1>{ask.isSuccess ? text.sentTitle : text.title}</h1>
        <p className="soft">{ask.isSuccess ? text.sent(ask.variables) : text.lead}</p>
      </div>
      {ask.isSuccess ? (
        <p className="soft">{text.nothing}</p>
      ) : (
        <form className="card pad stack" noValidate onSubmit={form.onSubmit(({ email }) => ask.mutate(email.trim()), focusFirstMistake(form))}>
          {ask.error && wrongFields(ask.error).length === 0 && <Failure error={ask.error} />}
          <TextInput label={text.email} type="email" autoComplete="username" key={form.key('email')} {...form.getInputProps('email')} />
          <Button type="submit" size="large" full busy={ask.isPending}>
            {text.submit}
          </Button>
        </form>
      )}
      <p className="center">
        <Link to="/sign-in/doctor">{text.back}</Link>
      </p>
    </div>
  )
}
