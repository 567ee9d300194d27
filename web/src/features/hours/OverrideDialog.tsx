import { Modal, Radio, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { words } from '@/shared/text'
import { dayOf, isDay, now, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { SpanFields } from './SpanFields'
import styles from './hours.module.css'
import { USUAL, errorsOf, nextSpan, type Override } from './week'

const text = words.hours.override

interface Props {
  opened: boolean
  edited: Override | null
  zone: Zone
  slotMinutes: number
  onClose: () => void
  onPut: (override: Override) => void
}

export function OverrideDialog({ opened, onClose, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={text.title} closeButtonProps={{ 'aria-label': words.common.close }}>
      <OverrideForm {...rest} onClose={onClose} />
    </Modal>
  )
}

/** One day, closed or with its own hours. Lives as long as the dialog is open. */
function OverrideForm({ edited, zone, slotMinutes, onClose, onPut }: Omit<Props, 'opened'>) {
  const [date, setDate] = useState(edited?.date ?? '')
  const [spans, setSpans] = useState(edited?.spans ?? [])
  const [tried, setTried] = useState(false)
  const open = spans.length > 0
  const next = nextSpan(spans)
  const apply = () => {
    setTried(true)
    if (isDay(date) && !errorsOf(spans, slotMinutes).includes('missing')) onPut({ date, spans })
  }
  return (
    <div className="stack">
      <TextInput
        type="date"
        label={text.date}
        value={date}
        min={dayOf(now(), zone)}
        error={tried && !isDay(date) && text.dateMissing}
        onChange={(event) => setDate(event.currentTarget.value)}
        data-autofocus
      />
      <Radio.Group label={text.kind} value={open ? 'open' : 'closed'} onChange={(value) => setSpans(value === 'open' ? [USUAL] : [])}>
        <Radio value="closed" label={text.closedAllDay} />
        <Radio value="open" label={text.openAt} />
      </Radio.Group>
      {open && (
        <div className={styles.spans}>
          <SpanFields name={text.title} spans={spans} slotMinutes={slotMinutes} onChange={setSpans} />
          {next && (
            <Button look="quiet" size="small" icon={<IconPlus size={18} aria-hidden="true" />} onClick={() => setSpans([...spans, next])}>
              {text.moreHours}
            </Button>
          )}
        </div>
      )}
      <p className="small muted">{text.note}</p>
      <div className="dialog-actions">
        <Button look="outline" onClick={onClose}>
          {text.keep}
        </Button>
        <Button onClick={apply}>{text.apply}</Button>
      </div>
    </div>
  )
}
