import { IconVideo } from '@tabler/icons-react'
import { useState } from 'react'
import { offered } from '@/shared/api/steps'
import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { clockText, soon, useNow, type Zone } from '@/shared/time'
import { Button, ButtonAnchor } from '@/shared/ui/Button'
import { VisitSteps } from '@/shared/ui/VisitSteps'
import { AbsentDialog } from './AbsentDialog'
import { CancelDialog } from './CancelDialog'
import { FollowUpDialog } from './FollowUpDialog'
import { MoveDialog } from './MoveDialog'

const text = words.visit.actions

type Asked = 'cancel' | 'reschedule' | 'doctor-absent' | 'follow-up'

const QUESTIONS: { action: Asked; label: string; look: 'outline' | 'quiet' }[] = [
  { action: 'follow-up', label: text.followUp, look: 'outline' },
  { action: 'reschedule', label: text.move, look: 'outline' },
  { action: 'cancel', label: text.cancel, look: 'quiet' },
  { action: 'doctor-absent', label: text.absent, look: 'quiet' },
]

const dialogs = { cancel: CancelDialog, reschedule: MoveDialog, 'doctor-absent': AbsentDialog, 'follow-up': FollowUpDialog }

/** What the server lets the doctor do now, and from when the rest. */
export function ActionsCard({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const possible = QUESTIONS.filter(({ action }) => offered(visit, action)?.open)
  const Dialog = asked && dialogs[asked]
  const nothing = visit.actions.every(({ open }) => !open) && !visit.meeting.join_url
  return (
    <section className="card pad stack" aria-labelledby="actions">
      <h2 id="actions">{text.title}</h2>
      <Meeting visit={visit} />
      <VisitSteps visit={visit} zone={zone} full />
      <Later visit={visit} zone={zone} />
      {possible.map(({ action, label, look }) => (
        <Button key={action} look={look} size="small" full onClick={() => setAsked(action)}>
          {label}
        </Button>
      ))}
      {nothing && <p className="soft">{text.none}</p>}
      {Dialog && <Dialog visit={visit} zone={zone} onClose={() => setAsked(null)} />}
    </section>
  )
}

function Meeting({ visit }: { visit: Appointment }) {
  const at = useNow()
  const { meeting, status } = visit
  if (status !== 'booked' && status !== 'arrived') return null
  if (!meeting.join_url) {
    if (Date.parse(visit.ends_at) <= at) return null
    return <p className="soft">{meeting.status === 'failed' ? words.visit.meeting.late : words.visit.meeting.soon}</p>
  }
  return (
    <div className="stack tight">
      <ButtonAnchor href={meeting.join_url} target="_blank" rel="noopener" full icon={<IconVideo size={20} aria-hidden="true" />}>
        {words.visit.meeting.join}
      </ButtonAnchor>
      {soon(visit.starts_at, at) && <p className="small muted center">{soon(visit.starts_at, at)}</p>}
    </div>
  )
}

/** What cannot be said yet, with the time from which it can. */
function Later({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const { steps } = words.visit
  const later = (['arrive', 'fulfil', 'no-show'] as const).flatMap((step) => {
    const offer = offered(visit, step)
    return offer && !offer.open && offer.opens_at ? [{ step, from: offer.opens_at }] : []
  })
  if (later.length === 0) return null
  return (
    <ul className="small muted">
      {later.map(({ step, from }) => (
        <li key={step}>{steps.from(steps[step], clockText(from, zone))}</li>
      ))}
    </ul>
  )
}
