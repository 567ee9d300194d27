import { IconCheck, IconMapPin, IconMessage } from '@tabler/icons-react'
import type { DoctorDetail } from '@/shared/api/types'
import { formatMoney, rest } from '@/shared/format/money'
import { fieldName, languageList } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { RatingText } from '@/shared/ui/Stars'
import styles from './doctor.module.css'

const text = words.doctor

export function DoctorHeader({ doctor }: { doctor: DoctorDetail }) {
  const free = doctor.total.amount === 0
  return (
    <header className={styles.header}>
      <Avatar name={doctor.name} photo={doctor.photo_url} size="large" />
      <div className="grow">
        <h1>{doctor.name}</h1>
        <p className={styles.specialization}>{fieldName(doctor.specialization)}</p>
        <div className={styles.meta}>
          <RatingText rating={doctor.rating} />
          {doctor.languages.length > 0 && (
            <span>
              <IconMessage size={18} aria-hidden="true" />
              {languageList(doctor.languages)}
            </span>
          )}
          <span>
            <IconMapPin size={18} aria-hidden="true" />
            {doctor.clinic}, {placeOf(doctor.time_zone)}
          </span>
        </div>
      </div>
      <div className={styles.price}>
        <b>{formatMoney(doctor.total)}</b>
        <span>{free ? text.feeFree : text.feeAndTax(formatMoney(doctor.fee), formatMoney(rest(doctor.total, doctor.fee)))}</span>
        <span className={styles.nothingElse}>
          <IconCheck size={18} aria-hidden="true" />
          {text.nothingElse}
        </span>
      </div>
    </header>
  )
}
