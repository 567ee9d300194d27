import { useInfiniteQuery } from '@tanstack/react-query'
import { monthsPaymentsQuery } from '@/shared/api/practice'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort, monthName } from '@/shared/time'
import { Badge, type Tone } from '@/shared/ui/Badge'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import styles from './earnings.module.css'

const text = words.practice.earnings
const tones: Partial<Record<keyof typeof text.states, Tone>> = { captured: 'green', authorized: 'blue', partially_refunded: 'blue', refunded: 'blue', disputed: 'red' }

/** What moved in one month, payment by payment. */
export function MonthPayments({ month }: { month: string }) {
  const zone = useZone()
  const payments = useInfiniteQuery(monthsPaymentsQuery(month))
  const slow = useSlow(payments.isPending)
  const items = payments.data?.pages.flatMap((page) => page.items)
  return (
    <section className="stack" aria-labelledby="payments">
      <h2 id="payments" className={styles.title}>
        {text.list(monthName(month))}
      </h2>
      {payments.error && <Failure error={payments.error} onRetry={() => void payments.refetch()} />}
      {slow && <Bar width="100%" height={180} round={18} />}
      {items?.length === 0 && <p className="card pad soft">{text.listNone}</p>}
      {items && items.length > 0 && (
        <div className={`card ${styles.tableBox ?? ''}`}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{text.time}</th>
                <th scope="col">{text.patient}</th>
                <th scope="col">{text.receipt}</th>
                <th scope="col">{text.received}</th>
                <th scope="col">{text.refunded}</th>
                <th scope="col">{text.status}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ id, visit, received, refunded, status }) => (
                <tr key={id}>
                  <th scope="row">
                    {dayShort(dayOf(visit.starts_at, zone))}, {clockText(visit.starts_at, zone)}
                  </th>
                  <td data-label={text.patient} className="break">
                    {visit.patient}
                  </td>
                  <td data-label={text.receipt}>{visit.receipt_number ?? text.noReceipt}</td>
                  <td data-label={text.received}>{formatMoney(received)}</td>
                  <td data-label={text.refunded}>{formatMoney(refunded)}</td>
                  <td data-label={text.status}>
                    <Badge tone={tones[status] ?? 'grey'}>{text.states[status]}</Badge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {payments.hasNextPage && (
        <div className={styles.more}>
          <Button look="outline" busy={payments.isFetchingNextPage} onClick={() => void payments.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
    </section>
  )
}
