import { Modal, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { eraseAccount } from '@/shared/api/own'
import { asProblem, isKind } from '@/shared/api/problem'
import { forgetSession, usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { focusFirstMistake } from '@/shared/ui/forms'
import { Note } from '@/shared/ui/Note'

const text = words.you.data.ask
const { needed, seeVisits } = words.you.data

/** Confirmed by typing the e-mail address: nobody does that by mistake. */
export function EraseDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const navigate = useNavigate()
  const { me } = usePerson()
  const form = useForm({ initialValues: { confirmation: '' }, validate: { confirmation: (value) => (value.trim() ? null : text.missing) } })
  const erase = useMutation({
    mutationFn: eraseAccount,
    onSuccess: async () => {
      // Away from here first: what is left of this page is for somebody who is signed in.
      await navigate({ to: '/goodbye', replace: true })
      forgetSession()
    },
    onError: (error) => {
      if (isKind(error, 'validation')) form.setErrors({ confirmation: text.wrong })
    },
  })
  const refused = erase.error && !isKind(erase.error, 'validation')
  const reason = asProblem(erase.error).reason ?? ''
  return (
    <Modal opened onClose={onClose} title={text.title} size={560} closeButtonProps={{ 'aria-label': words.common.close }}>
      <form className="stack" noValidate onSubmit={form.onSubmit(({ confirmation }) => erase.mutate(confirmation), focusFirstMistake(form))}>
        <p className="soft">{text.text}</p>
        <p className="break strong">{text.type(email)}</p>
        <TextInput label={text.label} type="email" autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.getInputProps('confirmation')} />
        {refused && (
          <Note
            tone="red"
            role="alert"
            actions={
              reason === 'visits' && (
                <ButtonLink look="outline" size="small" to={me?.role === 'doctor' ? '/today' : '/appointments'}>
                  {seeVisits}
                </ButtonLink>
              )
            }
          >
            {isKind(erase.error, 'cannot-erase') ? (needed[reason] ?? explain(erase.error)) : explain(erase.error)}
          </Note>
        )}
        <div className="dialog-actions">
          <Button look="outline" onClick={onClose} data-autofocus>
            {text.keep}
          </Button>
          <Button type="submit" look="danger" busy={erase.isPending}>
            {text.go}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
