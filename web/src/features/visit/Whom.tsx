import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { dayLong, dayOf, placeOf, type Zone } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Clock } from '@/shared/ui/Clock'

/** Whose visit a question is about, and when. */
export function Whom({ visit, zone }: { visit: Appointment; zone: Zone }) {
  return (
    <div className="row">
      <Avatar name={visit.patient.name} size="small" />
      <div className="grow inline-ap">
        <b className="strong break">{visit.patient.name}</b>
        <p className="muted">
          {dayLong(dayOf(visit.starts_at, zone))}, <Clock at={visit.starts_at} zone={zone} /> {words.common.zoneTime(placeOf(zone))}
        </p>
      </div>
    </div>
  )
}
