import type { Payment } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { dayFull, dayOf, dayShort, type Zone } from '@/shared/time'
import { Badge, type Tone } from '@/shared/ui/Badge'
import { ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import styles from './papers.module.css'

const text = words.papers.payments

const tones: Record<Payment['status'], Tone> = {
  not_required: 'grey',
  open: 'amber',
  authorized: 'blue',
  captured: 'green',
  partially_refunded: 'blue',
  refunded: 'blue',
  released: 'grey',
  expired: 'grey',
  disputed: 'red',
}

/** What it was for, how much it was, what came back. */
export function PaymentRow({ payment, zone }: { payment: Payment; zone: Zone }) {
  const { me } = usePerson()
  const { visit, amount, status, refunds } = payment
  const others = visit.patient !== me?.name
  return (
    <li className={`card ${styles.payment ?? ''}`}>
      <div className={styles.about}>
        <span className="muted small">{dayFull(dayOf(payment.created_at, zone))}</span>
        <h2 className={styles.doctor}>{text.visit(visit.doctor)}</h2>
        <p className="soft small inline-ap">
          {dayShort(dayOf(visit.starts_at, zone))}, <Clock at={visit.starts_at} zone={zone} />
          {others && ` ${text.forName(visit.patient)}`}
        </p>
        {refunds.map((refund) => (
          <p key={`${refund.at}${refund.amount.amount}`} className="small">
            {text.back(formatMoney(refund.amount), dayFull(dayOf(refund.at, zone)))}
          </p>
        ))}
      </div>
      <div className={styles.sum}>
        <b>{formatMoney(amount)}</b>
        <Badge tone={tones[status]}>{text.status[status]}</Badge>
      </div>
      {visit.receipt_number && (
        <ButtonLink
          look="outline"
          size="small"
          to="/appointments/$appointmentId/receipt"
          params={{ appointmentId: visit.appointment_id }}
          aria-label={text.receiptOf(visit.receipt_number)}
        >
          {text.receipt}
        </ButtonLink>
      )}
    </li>
  )
}
