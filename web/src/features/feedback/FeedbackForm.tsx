import { TextInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { repeatable } from '@/shared/api/intent'
import { FeedbackRequest } from '@/shared/api/limits'
import { MINE, appointmentQuery } from '@/shared/api/mine'
import { giveFeedback } from '@/shared/api/papers'
import { isKind, wrongFields } from '@/shared/api/problem'
import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'
import { Leaving } from '@/shared/ui/Leaving'
import { notify } from '@/shared/ui/notify'
import { StarsInput } from '@/shared/ui/StarsInput'

const text = words.feedback
const LONGEST_TITLE = FeedbackRequest.title.maxLength
const LONGEST_REVIEW = FeedbackRequest.review.maxLength

export function FeedbackForm({ appointment, onDone }: { appointment: Appointment; onDone: () => void }) {
  const queries = useQueryClient()
  const { feedback: given } = appointment
  const form = useForm({
    initialValues: { stars: given?.stars ?? 0, title: given?.title ?? '', review: given?.review ?? '' },
    validate: {
      stars: (value) => (value > 0 ? null : text.starsMissing),
      title: (value) => (value.trim() ? null : text.headlineMissing),
    },
  })
  const save = useMutation({
    ...repeatable,
    mutationFn: (said: typeof form.values) => giveFeedback(appointment.id, said),
    onSuccess: (changed) => {
      form.resetDirty()
      queries.setQueryData(appointmentQuery(appointment.id).queryKey, changed)
      void queries.invalidateQueries({ queryKey: [MINE, 'appointments'] })
      void queries.invalidateQueries({ queryKey: ['feedback', appointment.doctor.id] })
      void notify(given ? text.changed : text.sent)
      onDone()
    },
    onError: (error) => {
      form.setErrors(fieldErrors(error))
      if (isKind(error, 'too-late', 'illegal-transition')) void queries.invalidateQueries({ queryKey: appointmentQuery(appointment.id).queryKey })
    },
  })
  const dirty = form.isDirty() && !save.isSuccess
  const { title, review } = form.values
  return (
    <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => save.mutate(values), focusFirstMistake(form))}>
      <Leaving dirty={dirty} />
      <StarsInput legend={text.stars} value={form.values.stars} error={form.errors.stars as string | undefined} onChange={(stars) => form.setFieldValue('stars', stars)} />
      <div>
        <TextInput label={text.headline} description={text.headlineHint} maxLength={LONGEST_TITLE} {...form.getInputProps('title')} />
        <Left length={title.length} longest={LONGEST_TITLE} from={0.8 * LONGEST_TITLE} />
      </div>
      <div>
        <Textarea label={text.review} description={text.reviewHint} autosize minRows={4} maxRows={14} maxLength={LONGEST_REVIEW} {...form.getInputProps('review')} />
        <Left length={review.length} longest={LONGEST_REVIEW} from={0.9 * LONGEST_REVIEW} />
      </div>
      <p className="muted small">{text.everybody}</p>
      {save.error && wrongFields(save.error).length === 0 && <Failure error={save.error} />}
      <div className="row wrap">
        <Button type="submit" busy={save.isPending}>
          {given ? text.change : text.send}
        </Button>
        {given && (
          <Button
            look="quiet"
            onClick={() => {
              form.reset()
              onDone()
            }}
          >
            {text.keep}
          </Button>
        )}
      </div>
    </form>
  )
}

/** How much room is left, once it gets narrow. */
function Left({ length, longest, from }: { length: number; longest: number; from: number }) {
  if (length < from) return null
  return (
    <p className="muted small" role="status">
      {text.left(longest - length)}
    </p>
  )
}
