import { Link } from '@tanstack/react-router'
import type { DoctorDetail } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { shortName } from '@/shared/format/names'
import { words } from '@/shared/text'
import { minutesAhead, placeOf, type Moment, type Zone } from '@/shared/time'
import styles from './chooser.module.css'

const text = words.doctor.zones

export function TwoZones({ doctor, zone, at }: { doctor: DoctorDetail; zone: Zone; at: Moment }) {
  const { me } = usePerson()
  const ahead = minutesAhead(at, zone, doctor.time_zone)
  const apart = words.common.duration(Math.abs(ahead))
  return (
    <div className={styles.zones}>
      <b className="strong">{text.title}</b>
      <p>{text.text(placeOf(zone), shortName(doctor.name), placeOf(doctor.time_zone), ahead > 0 ? text.ahead(apart) : text.behind(apart))}</p>
      {me?.role === 'patient' && <Link to="/you/details">{text.change}</Link>}
    </div>
  )
}
