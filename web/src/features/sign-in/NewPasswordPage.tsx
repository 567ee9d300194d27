import { PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { PasswordReset } from '@/shared/api/limits'
import { wrongFields } from '@/shared/api/problem'
import { resetPassword } from '@/shared/api/staff'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'
import { usePageTitle } from '@/shared/ui/PageTitle'

const text = words.passwords
const { fresh } = text

/** Where a letter's link leads. Its secret stands behind the #, so that no server sees it before it is used. */
export function NewPasswordPage() {
  const token = useLocation({ select: ({ hash }) => hash })
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: (value) => (value ? null : text.nextMissing) },
  })
  const save = useMutation({
    mutationFn: (password: string) => resetPassword({ token, password }),
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  const bad = !token || (save.error !== null && wrongFields(save.error).includes('token'))
  const heading = save.isSuccess ? fresh.doneTitle : bad ? fresh.badTitle : fresh.title
  usePageTitle(heading)
  return (
    <div className="page form stack loose">
      <div role="status" className="stack tight">
        <h1>{heading}</h1>
        <p className="soft">{save.isSuccess ? fresh.done : bad ? fresh.bad : fresh.lead}</p>
      </div>
      {save.isSuccess && (
        <ButtonLink to="/sign-in/doctor" size="large">
          {fresh.signIn}
        </ButtonLink>
      )}
      {!save.isSuccess && bad && (
        <ButtonLink to="/sign-in/forgotten" size="large">
          {fresh.again}
        </ButtonLink>
      )}
      {!save.isSuccess && !bad && (
        <form className="card pad stack" noValidate onSubmit={form.onSubmit(({ password }) => save.mutate(password), focusFirstMistake(form))}>
          {save.error && wrongFields(save.error).length === 0 && <Failure error={save.error} />}
          <PasswordInput
            label={text.next}
            description={text.rule}
            autoComplete="new-password"
            maxLength={PasswordReset.password.maxLength}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="large" full busy={save.isPending}>
            {fresh.submit}
          </Button>
        </form>
      )}
    </div>
  )
}
