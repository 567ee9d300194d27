import { useDisclosure } from '@mantine/hooks'
import { IconCalendarRepeat, IconFileText, IconReceipt, IconStar } from '@tabler/icons-react'
import type { Appointment } from '@/shared/api/types'
import { actionOf, canNow, sameAttendee } from '@/shared/format/actions'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { dayOf, dayShort, soon, useNow, type Zone } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Note } from '@/shared/ui/Note'
import { Absence } from './Absence'
import { CalendarMenu } from './CalendarMenu'
import { CancelDialog } from './CancelDialog'
import { Earlier } from './Earlier'
import { JoinButton } from './JoinButton'
import { WhyNotMove } from './WhyNotMove'

const text = words.appointments

/** What can be done with an appointment now, as the server says. */
export function ActionCard({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const at = useNow()
  const { status, doctor } = appointment
  const coming = (status === 'booked' || status === 'arrived') && Date.parse(appointment.ends_at) > at
  return (
    <section className="card pad stack">
      {coming ? (
        <Coming appointment={appointment} zone={zone} />
      ) : (
        <>
          <Absence appointment={appointment} zone={zone} />
          <ButtonLink look={status === 'fulfilled' ? 'outline' : 'primary'} size={status === 'fulfilled' ? 'small' : 'medium'} to="/doctors/$doctorId" params={{ doctorId: doctor.id }} search={{ for: sameAttendee(appointment).dependant_id }} full>
            {text.findAgain}
          </ButtonLink>
        </>
      )}
      <Papers appointment={appointment} />
      {coming && <Cancel appointment={appointment} zone={zone} />}
    </section>
  )
}

function Coming({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const at = useNow()
  const { id, meeting } = appointment
  const params = { appointmentId: id }
  return (
    <>
      <Owing appointment={appointment} zone={zone} />
      {meeting.join_url ? <JoinButton appointment={appointment} zone={zone} large /> : <p className="soft">{meeting.status === 'failed' ? text.booked.linkLate : text.booked.linkSoon}</p>}
      {canNow(appointment, 'arrive', at) && <p className="small muted center">{soon(appointment.starts_at, at) ?? text.joinHint}</p>}
      <Absence appointment={appointment} zone={zone} />
      <CalendarMenu appointment={appointment} />
      {canNow(appointment, 'reschedule', at) ? (
        <ButtonLink look="outline" size="small" to="/appointments/$appointmentId/move" params={params} icon={<IconCalendarRepeat size={18} aria-hidden="true" />}>
          {words.visits.moving.link}
        </ButtonLink>
      ) : (
        <WhyNotMove appointment={appointment} />
      )}
      <Earlier appointment={appointment} zone={zone} />
    </>
  )
}

function Cancel({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const [asking, { open, close }] = useDisclosure(false)
  const at = useNow()
  return (
    <>
      {canNow(appointment, 'cancel', at) && (
        <Button look="quiet" onClick={open}>
          {text.cancelLong}
        </Button>
      )}
      <CancelDialog appointment={appointment} zone={zone} opened={asking} onClose={close} />
    </>
  )
}

/** The bank took its promise back: the visit stands, and is to be paid for again. */
function Owing({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const { id, pay_by: payBy, quote } = appointment
  if (payBy === null || !actionOf(appointment, 'pay')) return null
  return (
    <Note
      tone="amber"
      role="status"
      actions={
        <ButtonLink size="small" to="/appointments/$appointmentId/pay" params={{ appointmentId: id }}>
          {text.pay(formatMoney(quote.total))}
        </ButtonLink>
      }
    >
      {text.payAgain} {dayShort(dayOf(payBy, zone))}, <Clock at={payBy} zone={zone} />.
    </Note>
  )
}

/** What there is to read of it, and to say about it. */
function Papers({ appointment }: { appointment: Appointment }) {
  const at = useNow()
  const { id, receipt_number: receipt, prescribed, feedback } = appointment
  const { papers } = words.visits
  const params = { appointmentId: id }
  return (
    <>
      {prescribed && (
        <ButtonLink look="outline" size="small" to="/appointments/$appointmentId/prescription" params={params} icon={<IconFileText size={18} aria-hidden="true" />}>
          {papers.prescription}
        </ButtonLink>
      )}
      {receipt && (
        <ButtonLink look="outline" size="small" to="/appointments/$appointmentId/receipt" params={params} icon={<IconReceipt size={18} aria-hidden="true" />}>
          {papers.receipt}
        </ButtonLink>
      )}
      {canNow(appointment, 'feedback', at) && (
        <ButtonLink look={feedback ? 'outline' : 'primary'} size="small" to="/appointments/$appointmentId/feedback" params={params} icon={<IconStar size={18} aria-hidden="true" />}>
          {feedback ? papers.feedbackChange : papers.feedback}
        </ButtonLink>
      )}
      <ButtonLink look="quiet" size="small" to="/report" search={{ visit: id }}>
        {words.report.title}
      </ButtonLink>
    </>
  )
}
