import { Link } from '@tanstack/react-router'
import type { Earnings } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { monthName } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import styles from './earnings.module.css'

const text = words.practice.earnings

/** Months in which something moved, and the year's sum. Becomes cards on a telephone. */
export function MonthTable({ earnings, chosen }: { earnings: Earnings; chosen: string | undefined }) {
  const moved = earnings.months.filter((each) => each.payments > 0)
  return (
    <div className={`card ${styles.tableBox ?? ''}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text.month}</th>
            <th scope="col">{text.payments}</th>
            <th scope="col">{text.received}</th>
            <th scope="col">{text.refunded}</th>
            <th scope="col">{text.disputed}</th>
            <th scope="col">{text.kept}</th>
          </tr>
        </thead>
        <tbody>
          {moved.map((each) => (
            <tr key={each.month} className={classes(each.month === chosen && styles.chosenRow)}>
              <th scope="row">
                <Link to="/earnings" search={{ year: earnings.year, month: each.month }} resetScroll={false} activeOptions={{ exact: true }} aria-label={text.open(monthName(each.month))}>
                  {monthName(each.month)}
                </Link>
              </th>
              <Figures figures={each} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text.total(earnings.year)}</th>
            <Figures figures={earnings.total} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Figures({ figures }: { figures: Earnings['total'] }) {
  return (
    <>
      <td data-label={text.payments}>{figures.payments}</td>
      <td data-label={text.received}>{formatMoney(figures.received)}</td>
      <td data-label={text.refunded}>{formatMoney(figures.refunded)}</td>
      <td data-label={text.disputed}>{formatMoney(figures.disputed)}</td>
      <td data-label={text.kept} className="strong">
        {formatMoney(figures.kept)}
      </td>
    </>
  )
}
