import type { Appointment } from '@/shared/api/types'
import { whenShort } from '@/shared/format/when'
import { words } from '@/shared/text'
import { useNow, type Zone } from '@/shared/time'
import { WaitPrompt } from '@/shared/waiting/WaitPrompt'

const text = words.waiting

/** A booked visit can wait for an earlier time of its doctor, and move there with its payment. */
export function Earlier({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  const at = useNow()
  const { id, status, starts_at: start, pay_by: payBy, absence } = appointment
  if (status !== 'booked' || payBy !== null || absence !== null || Date.parse(start) <= at) return null
  return (
    <WaitPrompt
      look="quiet"
      target={{ what: text.joining.earlier(whenShort(start, zone)), wish: { appointment_id: id }, before: start }}
      same={(wait) => wait.appointment_id === id}
      ask={text.askEarlier}
      waiting={text.waitingEarlier}
    />
  )
}
