import type { Appointment } from '@/shared/api/types'
import { shortName } from '@/shared/format/names'
import { words } from '@/shared/text'
import type { Zone } from '@/shared/time'
import { PolicyBar } from './PolicyBar'

const text = words.booking.policy

/** What cancelling gives back, under the policy that was agreed with the hold. */
export function PolicyCard({ appointment, zone }: { appointment: Appointment; zone: Zone }) {
  return (
    <section className="card pad stack" style={{ gap: 14 }}>
      <h3>{text.title}</h3>
      <PolicyBar policy={appointment.policy} startsAt={appointment.starts_at} zone={zone} />
      <p className="small soft">{text.doctorCancels(shortName(appointment.doctor.name))}</p>
    </section>
  )
}
