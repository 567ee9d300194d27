import { PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { PasswordChange } from '@/shared/api/limits'
import { wrongFields } from '@/shared/api/problem'
import { changePassword } from '@/shared/api/staff'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'
import { notify } from '@/shared/ui/notify'
import { SectionHead } from './SectionHead'

const text = words.passwords

export function PasswordPage() {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current_password: '', password: '' },
    validate: {
      current_password: (value) => (value ? null : text.currentMissing),
      password: (value) => (value ? null : text.nextMissing),
    },
  })
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      form.reset()
      void notify(text.saved)
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  return (
    <div className="stack loose">
      <SectionHead title={text.title} lead={text.lead} />
      <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => change.mutate(values), focusFirstMistake(form))}>
        {change.error && wrongFields(change.error).length === 0 && <Failure error={change.error} />}
        <PasswordInput
          label={text.current}
          autoComplete="current-password"
          key={form.key('current_password')}
          {...form.getInputProps('current_password')}
        />
        <PasswordInput
          label={text.next}
          description={text.rule}
          autoComplete="new-password"
          maxLength={PasswordChange.password.maxLength}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" busy={change.isPending}>
          {text.save}
        </Button>
      </form>
    </div>
  )
}
