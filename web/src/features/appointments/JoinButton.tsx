import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconClock, IconVideo } from '@tabler/icons-react'
import { useIntentKey } from '@/shared/api/intent'
import { appointmentQuery } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { sayArrived } from '@/shared/api/visits'
import { actionOf, canNow } from '@/shared/format/actions'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort, useNow, type Zone } from '@/shared/time'
import { ButtonAnchor } from '@/shared/ui/Button'
import styles from './appointments.module.css'

const text = words.visits.join

/** The way to the video, from when the patient may come; before that, when it opens. Whoever goes there is said to have arrived. */
export function JoinButton({ appointment, zone, large = false }: { appointment: Appointment; zone: Zone; large?: boolean }) {
  const at = useNow()
  const queries = useQueryClient()
  const { keyFor } = useIntentKey()
  const { id, meeting, status, pay_by: payBy } = appointment
  const arrive = useMutation({
    mutationFn: () => sayArrived(id, keyFor(id)),
    onSuccess: (arrived) => queries.setQueryData(appointmentQuery(id).queryKey, arrived),
  })
  if (!meeting.join_url || !canNow(appointment, 'join', at)) return null
  const arriving = actionOf(appointment, 'arrive')
  const now = status === 'arrived' || canNow(appointment, 'arrive', at)
  if (now)
    return (
      <ButtonAnchor
        href={meeting.join_url}
        target="_blank"
        rel="noopener"
        {...(large && { size: 'large' as const, full: true })}
        icon={<IconVideo size={large ? 22 : 20} aria-hidden="true" />}
        // The link opens by itself, whatever becomes of the word that the patient is there.
        onClick={() => status === 'booked' && arrive.mutate()}
      >
        {words.appointments.join}
      </ButtonAnchor>
    )
  if (payBy !== null) return <Later>{text.payFirst}</Later>
  const opens = arriving?.opens_at
  if (!opens) return null
  const day = dayOf(opens, zone)
  const time = clockText(opens, zone)
  return <Later>{day === dayOf(at, zone) ? text.opensToday(time) : text.opens(dayShort(day), time)}</Later>
}

function Later({ children }: { children: string }) {
  return (
    <p className={styles.later}>
      <IconClock size={20} aria-hidden="true" />
      {children}
    </p>
  )
}
