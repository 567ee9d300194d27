import { Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import { addTimeOff } from '@/shared/api/staff'
import type { TimeOffAnswer } from '@/shared/api/types'
import { words } from '@/shared/text'
import { dayOf, now, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import { Conflicts } from './Conflicts'
import { spanOf, type AwayForm } from './away'
import styles from './hours.module.css'

const text = words.hours.timeOff

/** Asks first: booked visits that lie in the time are listed before anything is stored. */
export function TimeOffForm({ zone, onClose }: { zone: Zone; onClose: () => void }) {
  const queries = useQueryClient()
  const [form, setForm] = useState<AwayForm>({ first: '', last: '', wholeDays: true, from: '', until: '' })
  const [tried, setTried] = useState(false)
  const [conflicts, setConflicts] = useState<TimeOffAnswer | null>(null)
  const { keyFor, settled } = useIntentKey()
  const span = spanOf(form, zone)
  const save = useMutation({
    ...repeatable,
    mutationFn: ({ agreed, wanted }: { agreed: boolean; wanted: NonNullable<typeof span> }) =>
      addTimeOff({ ...wanted, cancel_conflicts: agreed }, keyFor(`${JSON.stringify(wanted)} ${agreed}`)),
    onSuccess: (answer) => {
      settled()
      if (answer.id === null) { setConflicts(answer); return; }
      void notify(text.saved)
      void queries.invalidateQueries({ queryKey: [MINE] })
      onClose()
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
  })
  const change = (part: Partial<AwayForm>) => {
    setConflicts(null)
    setForm((before) => ({ ...before, ...part }))
  }
  const submit = (agreed: boolean) => {
    setTried(true)
    if (span) save.mutate({ agreed, wanted: span })
  }
  const today = dayOf(now(), zone)
  return (
    <div className={styles.form}>
      <div className={styles.rules}>
        <TextInput type="date" label={text.first} min={today} value={form.first} onChange={(event) => change({ first: event.currentTarget.value, last: form.last || event.currentTarget.value })} />
        <TextInput type="date" label={text.last} min={form.first || today} value={form.last} onChange={(event) => change({ last: event.currentTarget.value })} />
        {!form.wholeDays && (
          <>
            <TextInput type="time" label={text.fromTime} value={form.from} onChange={(event) => change({ from: event.currentTarget.value })} />
            <TextInput type="time" label={text.untilTime} value={form.until} onChange={(event) => change({ until: event.currentTarget.value })} />
          </>
        )}
      </div>
      <Checkbox label={text.wholeDays} checked={form.wholeDays} onChange={(event) => change({ wholeDays: event.currentTarget.checked })} />
      {tried && !span && (
        <p className={styles.error} role="alert">
          {text.orderWrong}
        </p>
      )}
      {save.error && <Failure error={save.error} />}
      {conflicts ? (
        <Conflicts answer={conflicts} zone={zone} busy={save.isPending} onChooseOther={() => setConflicts(null)} onConfirm={() => submit(true)} />
      ) : (
        <div className="row wrap">
          <Button look="outline" onClick={onClose}>
            {text.keep}
          </Button>
          <Button busy={save.isPending} onClick={() => submit(false)}>
            {text.check}
          </Button>
        </div>
      )}
    </div>
  )
}
