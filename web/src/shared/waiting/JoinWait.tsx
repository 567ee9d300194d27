import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { isKind } from '@/shared/api/problem'
import { PARTS, joinWaitlist, waitsQuery, type PartOfDay, type Wish } from '@/shared/api/waitlist'
import { useZone } from '@/shared/auth'
import { WhoFor } from '@/shared/people/WhoFor'
import { words } from '@/shared/text'
import { addDays, dayOf, now, type Day } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import { windowOf } from './window'

const text = words.waiting.joining
const WEEKS = 28

/** What is waited for: a doctor, a field, or an earlier time of a visit that is booked. */
export interface Target {
  /** In words, for whoever reads the question. */
  what: string
  wish: Pick<Wish, 'doctor_id' | 'specialization' | 'appointment_id'>
  /** For an earlier time: when the visit begins, which is where the wait ends. */
  before?: string
}

interface Props {
  target: Target
  opened: boolean
  onClose: () => void
}

export function JoinWait({ target, opened, onClose }: Props) {
  const title = target.before ? text.titleEarlier : text.title
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={560} closeButtonProps={{ 'aria-label': words.common.close }}>
      <Questions target={target} onClose={onClose} />
    </Modal>
  )
}

function Questions({ target, onClose }: Omit<Props, 'opened'>) {
  const zone = useZone()
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  const today = dayOf(now(), zone)
  const [first, setFirst] = useState<Day>(today)
  const [last, setLast] = useState<Day>(target.before ? dayOf(target.before, zone) : addDays(today, WEEKS))
  const [part, setPart] = useState<PartOfDay | ''>('')
  const [whom, setWhom] = useState<string | undefined>()
  const window = windowOf(first, last, zone, now(), target.before)
  const join = useMutation({
    ...repeatable,
    mutationFn: (wish: Wish) => joinWaitlist(wish, keyFor(JSON.stringify([first, last, part, whom]))),
    onSuccess: async () => {
      settled()
      await queries.invalidateQueries({ queryKey: waitsQuery.queryKey })
      void notify(text.done)
      onClose()
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
  })
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!window || join.isPending) return
        join.mutate({ ...target.wish, ...window, ...(part && { part_of_day: part }), ...(whom && { dependant_id: whom }) })
      }}
    >
      <p>{target.what}</p>
      <p className="soft">{text.how}</p>
      {!target.before && <WhoFor value={whom} onChange={setWhom} />}
      <div className="pair">
        <TextInput type="date" label={text.from} min={today} value={first} onChange={(event) => setFirst(event.currentTarget.value)} />
        <TextInput type="date" label={text.until} min={first || today} value={last} onChange={(event) => setLast(event.currentTarget.value)} />
      </div>
      <NativeSelect
        label={text.part}
        description={text.partHint}
        value={part}
        onChange={(event) => setPart(event.currentTarget.value as PartOfDay | '')}
        data={[{ value: '', label: text.parts.any }, ...PARTS.map((value) => ({ value, label: text.parts[value] }))]}
      />
      {!window && (
        <p className="soft" role="alert">
          {text.wrong}
        </p>
      )}
      {join.error && <Failure error={join.error} />}
      <div className="dialog-actions">
        <Button look="outline" onClick={onClose}>
          {text.keep}
        </Button>
        <Button type="submit" busy={join.isPending} aria-disabled={!window}>
          {text.go}
        </Button>
      </div>
    </form>
  )
}
