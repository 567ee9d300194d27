import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { clinicQuery, doctorsQuery } from '@/shared/api/public'
import type { PolicyStep } from '@/shared/api/types'
import { formatMoney, formatPercent, rest } from '@/shared/format/money'
import { words } from '@/shared/text'
import { classes } from '@/shared/ui/classes'
import styles from './landing.module.css'

const text = words.landing

function Step({ step }: { step: PolicyStep }) {
  const { all, half, some, atLeast } = text.policy
  const label = step.percent === 100 ? all : step.percent === 50 ? half : some(step.percent)
  const hours = step.hours_before % 24 === 0 && step.hours_before > 24 ? words.common.days(step.hours_before / 24) : words.common.hours(step.hours_before)
  return (
    <li>
      <span className={classes(styles.share, step.percent === 100 ? styles.all : styles.part)} aria-hidden="true" />
      <span>
        <b>{label}</b>
        {atLeast(hours)}
      </span>
    </li>
  )
}

/** Fee, tax and what cancelling gives back: as the clinic's terms and a listed doctor have them. */
export function Cost() {
  const clinic = useQuery(clinicQuery).data
  return (
    <section className={styles.cost} id="cost">
      <div>
        <h2>{text.cost}</h2>
        <p>{text.costText}</p>
        {clinic && (
          <ul className={styles.policy}>
            {clinic.cancellation_policy.map((step) => (
              <Step key={step.hours_before} step={step} />
            ))}
            <li>
              <span className={styles.share} aria-hidden="true" />
              <span>
                <b>{text.policy.none}</b>
                {clinic.cancellation_policy.length > 0 ? text.policy.after : text.policy.never}
              </span>
            </li>
          </ul>
        )}
      </div>
      <Example />
    </section>
  )
}

function Example() {
  const doctor = useInfiniteQuery(doctorsQuery({ sort: 'next_free', limit: 4 })).data?.pages[0]?.items.find(({ fee }) => fee.amount > 0)
  if (!doctor) return null
  return (
    <div className={`card ${styles.example ?? ''}`} aria-label={text.exampleLabel} role="group">
      <span className="muted small">
        {text.example}: {doctor.name}
      </span>
      <dl>
        <dt>{words.booking.fee}</dt>
        <dd>{formatMoney(doctor.fee)}</dd>
        <dt>{words.booking.tax(formatPercent(doctor.tax_percent))}</dt>
        <dd>{formatMoney(rest(doctor.total, doctor.fee))}</dd>
        <dt className={styles.exampleTotal}>{words.booking.total}</dt>
        <dd className={styles.exampleTotal}>{formatMoney(doctor.total)}</dd>
      </dl>
    </div>
  )
}
