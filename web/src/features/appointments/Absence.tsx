import { Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { AbsenceRequest } from '@/shared/api/limits'
import { MINE, appointmentQuery } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { Appointment } from '@/shared/api/types'
import { claimAbsence } from '@/shared/api/visits'
import { actionOf, canNow } from '@/shared/format/actions'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayOf, dayShort, useNow, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'

const text = words.visits.absence

/** For a doctor who does not come: until when to wait, the way to say so, and what became of it. */
export function Absence({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const [asking, { open, close }] = useDisclosure(false)
  const at = useNow()
  const { absence } = appointment
  if (absence)
    return (
      <Note tone={absence.rejected_at ? 'brand' : 'amber'} role="status">
        {absence.rejected_at ? text.rejected : text.claimed(dayShort(dayOf(absence.claimed_at, zone)), clockText(absence.claimed_at, zone))}{' '}
        {absence.rejected_at && absence.rejection && text.reason(absence.rejection)}
      </Note>
    )
  const offered = actionOf(appointment, 'doctor-absent')
  if (!offered || Date.parse(appointment.starts_at) > at) return null
  if (!canNow(appointment, 'doctor-absent', at)) return offered.opens_at ? <p className="small soft center">{text.later(clockText(offered.opens_at, zone))}</p> : null
  return (
    <>
      <Button look="quiet" onClick={open}>
        {text.link}
      </Button>
      <Modal opened={asking} onClose={close} title={text.title} size={540} closeButtonProps={{ 'aria-label': words.common.close }}>
        <Claim appointment={appointment} onClose={close} />
      </Modal>
    </>
  )
}

function Claim({ appointment: { id }, onClose }: { appointment: Appointment; onClose: () => void }) {
  const [note, setNote] = useState('')
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  const claim = useMutation({
    ...repeatable,
    mutationFn: () => claimAbsence(id, note.trim(), keyFor(note)),
    onSuccess: (claimed) => {
      settled()
      queries.setQueryData(appointmentQuery(id).queryKey, claimed)
      void notify(text.sent)
      onClose()
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [MINE, 'appointments'] }),
  })
  return (
    <div className="stack">
      <p className="soft">{text.lead}</p>
      <Textarea label={text.note} description={text.noteHint} autosize minRows={2} maxRows={6} maxLength={AbsenceRequest.reason.maxLength} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {claim.error && (
        <Note tone="red" role="alert">
          {explain(claim.error)}
        </Note>
      )}
      <div className="dialog-actions">
        <Button look="outline" onClick={onClose} data-autofocus>
          {text.keep}
        </Button>
        <Button busy={claim.isPending} onClick={() => claim.mutate()}>
          {text.send}
        </Button>
      </div>
    </div>
  )
}
