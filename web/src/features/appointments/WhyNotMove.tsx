import { useQuery } from '@tanstack/react-query'
import type { Appointment } from '@/shared/api/types'
import { movingQuery } from '@/shared/api/visits'
import { words } from '@/shared/text'

/** Why a booked visit cannot be moved, in the server's reasons; nothing while the visit is under way. */
export function WhyNotMove({ appointment: { id, status } }: { appointment: Appointment }) {
  const { data } = useQuery({ ...movingQuery(id), enabled: status === 'booked' })
  if (status !== 'booked' || !data?.why_not) return null
  return <p className="small soft">{words.visits.moving.whyNot[data.why_not]}</p>
}
