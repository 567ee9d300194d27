import { words } from '@/shared/text'
import { dayLong, dayOf, minutesAhead, placeOf, type Moment, type Zone } from '@/shared/time'
import { Clock } from './Clock'

/** A time as the reader's clock shows it, and the doctor's beside it where that differs. */
export function BothZones({ at, zone, doctorZone }: { at: Moment; zone: Zone; doctorZone: Zone }) {
  const elsewhere = minutesAhead(at, zone, doctorZone) !== 0
  return (
    <span className="inline-ap">
      <b className="strong">
        {dayLong(dayOf(at, zone))}, <Clock at={at} zone={zone} />
      </b>
      {elsewhere && (
        <>
          {' '}
          {words.common.zoneTime(placeOf(zone))}
          <br />
          <span className="muted">
            {dayOf(at, zone) !== dayOf(at, doctorZone) && `${dayLong(dayOf(at, doctorZone))}, `}
            <Clock at={at} zone={doctorZone} /> {words.booking.doctorZone(placeOf(doctorZone))}
          </span>
        </>
      )}
    </span>
  )
}
