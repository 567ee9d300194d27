import { useDisclosure } from '@mantine/hooks'
import { IconVideo } from '@tabler/icons-react'
import type { Appointment } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { dayOf, dayShort, soon, useNow, type Zone } from '@/shared/time'
import { Button, ButtonAnchor, ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Note } from '@/shared/ui/Note'
import { CalendarButton } from './CalendarButton'
import { CancelDialog } from './CancelDialog'

const text = words.appointments

/** What can be done with an appointment now. */
export function ActionCard({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const [asking, { open, close }] = useDisclosure(false)
  const { id, status, meeting, doctor, pay_by: payBy, payment } = appointment
  const at = useNow()
  const coming = (status === 'booked' || status === 'arrived') && Date.parse(appointment.ends_at) > at
  if (!coming)
    return (
      <section className="card pad stack">
        <ButtonLink to="/doctors/$doctorId" params={{ doctorId: doctor.id }} full>
          {text.findAgain}
        </ButtonLink>
      </section>
    )
  const owing = payBy !== null && payment.status === 'open'
  return (
    <section className="card pad stack">
      {owing && (
        <Note
          tone="amber"
          actions={
            <ButtonLink size="small" to="/appointments/$appointmentId/pay" params={{ appointmentId: id }}>
              {text.pay(formatMoney(appointment.quote.total))}
            </ButtonLink>
          }
        >
          {text.payAgain} {dayShort(dayOf(payBy, zone))}, <Clock at={payBy} zone={zone} />.
        </Note>
      )}
      {meeting.join_url ? (
        <>
          <ButtonAnchor href={meeting.join_url} target="_blank" rel="noopener" size="large" full icon={<IconVideo size={22} aria-hidden="true" />}>
            {text.join}
          </ButtonAnchor>
          <p className="small muted center">{soon(appointment.starts_at, at) ?? text.joinHint}</p>
        </>
      ) : (
        <p className="soft">{meeting.status === 'failed' ? text.booked.linkLate : text.booked.linkSoon}</p>
      )}
      <CalendarButton id={id} />
      {status === 'booked' && (
        <Button look="quiet" onClick={open}>
          {text.cancelLong}
        </Button>
      )}
      <CancelDialog appointment={appointment} zone={zone} opened={asking} onClose={close} />
    </section>
  )
}
