import { Radio, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { ReportRequest } from '@/shared/api/limits'
import { sendReport, type Report } from '@/shared/api/own'
import { isKind, wrongFields } from '@/shared/api/problem'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'
import { Leaving } from '@/shared/ui/Leaving'
import { VisitField } from './VisitField'

const route = getRouteApi('/_own/report')
const text = words.report
const LONGEST = ReportRequest.text.maxLength
type About = Report['about']

export function ReportForm({ onSent }: { onSent: () => void }) {
  const { visit } = route.useSearch()
  const { keyFor, settled } = useIntentKey()
  const form = useForm({
    initialValues: { about: 'appointment' as About, appointment_id: visit ?? '', text: '' },
    validate: {
      appointment_id: (value, { about }) => (about === 'appointment' && !value ? text.visitMissing : null),
      text: (value) => (value.trim() ? null : text.textMissing),
    },
  })
  const send = useMutation({
    ...repeatable,
    mutationFn: ({ about, appointment_id: about_visit, text: told }: typeof form.values) => {
      const report: Report = { about, text: told, ...(about === 'appointment' && { appointment_id: about_visit }) }
      return sendReport(report, keyFor(JSON.stringify(report)))
    },
    onSuccess: () => {
      settled()
      onSent()
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
      form.setErrors(fieldErrors(error))
    },
  })
  const { about, text: told } = form.values
  return (
    <form className="card pad stack" noValidate onSubmit={form.onSubmit((values) => send.mutate(values), focusFirstMistake(form))}>
      <Leaving dirty={told.trim() !== '' && !send.isSuccess} />
      <Radio.Group label={text.about} value={about} onChange={(value) => form.setFieldValue('about', value)}>
        {(['appointment', 'bug'] as const).map((each) => (
          <Radio key={each} value={each} label={text.abouts[each].title} description={text.abouts[each].text} />
        ))}
      </Radio.Group>
      {about === 'appointment' && <VisitField chosen={visit} input={form.getInputProps('appointment_id')} />}
      <div>
        <Textarea label={text.text} description={text.textHint[about]} autosize minRows={5} maxRows={16} maxLength={LONGEST} {...form.getInputProps('text')} />
        {told.length > LONGEST - 400 && (
          <p className="muted small" role="status">
            {text.left(LONGEST - told.length)}
          </p>
        )}
      </div>
      {send.error && wrongFields(send.error).length === 0 && <Failure error={send.error} />}
      <div>
        <Button type="submit" busy={send.isPending}>
          {text.send}
        </Button>
      </div>
    </form>
  )
}
