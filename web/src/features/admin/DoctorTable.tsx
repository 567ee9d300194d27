import { Link } from '@tanstack/react-router'
import type { AdminDoctor } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { Avatar } from '@/shared/ui/Avatar'
import { ButtonLink } from '@/shared/ui/Button'
import { Decisions } from './Decisions'
import styles from './admin.module.css'
import { whenText } from './when'

const text = words.admin.doctors

/** A table that becomes cards on a telephone: name first, then label and value, then what to do. */
export function DoctorTable({ doctors }: { doctors: AdminDoctor[] }) {
  const zone = useZone()
  return (
    <div className={`card ${styles.tableBox ?? ''}`}>
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
                    <Link to="/admin/doctors/$doctorId" params={{ doctorId: doctor.id }} className="strong break">
                      {doctor.name}
                    </Link>
                    <div className="muted small break">{doctor.email}</div>
                    {doctor.qualifications && <div className="muted small break">{doctor.qualifications}</div>}
                  </div>
                </div>
              </td>
              <td data-label={text.specialization}>{fieldName(doctor.specialization)}</td>
              <td data-label={text.fee} className={styles.right}>
                {formatMoney(doctor.fee)}
              </td>
              <td data-label={text.registered}>{whenText(doctor.registered_at, zone)}</td>
              <td className={styles.what}>
                <div className={styles.actions}>
                  <ButtonLink
                    look="quiet"
                    size="small"
                    to="/admin/doctors/$doctorId"
                    params={{ doctorId: doctor.id }}
                    aria-label={text.detailsOf(doctor.name)}
                  >
                    {text.details}
                  </ButtonLink>
                  <Decisions doctor={doctor} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
