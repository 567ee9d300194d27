import type { DoctorStatus } from '@/shared/api/staff'
import type { AdminDoctor } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Decisions } from './Decisions'
import styles from './admin.module.css'

const text = words.staff.admin

/** A table that becomes cards on a telephone: name first, then label and value, then what to do. */
export function DoctorTable({ doctors, status }: { doctors: AdminDoctor[]; status: DoctorStatus }) {
  const zone = useZone()
  return (
    <div className="card">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text.doctor}</th>
            <th scope="col">{text.specialization}</th>
            <th scope="col" className={styles.right}>
              {text.fee}
            </th>
            <th scope="col">{text.registered}</th>
            <th scope="col">
              <span className="sr">{text.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {doctors.map((doctor) => (
            <tr key={doctor.id}>
              <td className={styles.who}>
                <div className="row">
                  <Avatar name={doctor.name} photo={doctor.photo_url} size="small" />
                  <div className="grow">
                    <b className="strong break">{doctor.name}</b>
                    <div className="muted small break">
                      {doctor.email}
                      <br />
                      {doctor.phone}
                    </div>
                    {doctor.qualifications && <div className="muted small">{doctor.qualifications}</div>}
                  </div>
                </div>
              </td>
              <td data-label={text.specialization}>{doctor.specialization}</td>
              <td data-label={text.fee} className={styles.right}>
                {formatMoney(doctor.fee)}
              </td>
              <td data-label={text.registered}>
                {dayShort(dayOf(doctor.registered_at, zone))}, {clockText(doctor.registered_at, zone)}
              </td>
              <td className={styles.what}>
                <Decisions doctor={doctor} status={status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
