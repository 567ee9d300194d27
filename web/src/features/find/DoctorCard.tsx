import { Link } from '@tanstack/react-router'
import type { DoctorCard as Doctor } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { fieldName, languageList } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayOf, dayShort, soon, type Zone } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { ButtonLink } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import { RatingText } from '@/shared/ui/Stars'
import styles from './find.module.css'

const text = words.find

/** Time first, then the person, the price with tax, one action. */
export function DoctorCard({ doctor, zone, at }: { doctor: Doctor; zone: Zone; at: number }) {
  const { id, name, next_free_at: free } = doctor
  const day = free ? dayOf(free, zone) : null
  const today = day === dayOf(at, zone)
  const costsNothing = doctor.total.amount === 0
  const untaxed = doctor.total.amount === doctor.fee.amount
  const search = free && day ? { day, at: free } : {}
  return (
    <article className={classes('card', styles.doctor, !today && styles.later)}>
      <div className={styles.when}>
        {free && day ? (
          <>
            <span className={styles.time}>
              <Clock at={free} zone={zone} />
            </span>
            <span className={styles.date}>{(today ? soon(free, at) : null) ?? dayShort(day)}</span>
          </>
        ) : (
          <span className={styles.date}>{text.noneFreeShort}</span>
        )}
      </div>
      <div className={styles.who}>
        <Avatar name={name} photo={doctor.photo_url} />
        <div className="grow">
          <h3>
            <Link to="/doctors/$doctorId" params={{ doctorId: id }}>
              {name}
            </Link>
          </h3>
          <div className={styles.meta}>
            <span>{fieldName(doctor.specialization)}</span>
            <RatingText rating={doctor.rating} />
            <span className="muted">{languageList(doctor.languages)}</span>
          </div>
        </div>
      </div>
      <div className={styles.buy}>
        <div className={styles.fee}>
          <b>{costsNothing ? text.free : formatMoney(doctor.total)}</b>
          {!costsNothing && <small>{untaxed ? text.noTax : text.plusTax(formatMoney(doctor.fee))}</small>}
        </div>
        <ButtonLink
          size="small"
          to="/doctors/$doctorId"
          params={{ doctorId: id }}
          search={search}
          look={free ? 'primary' : 'outline'}
          aria-label={free ? text.bookDoctor(name) : text.lookDoctor(name)}
        >
          {free ? text.book : text.look}
        </ButtonLink>
      </div>
    </article>
  )
}
