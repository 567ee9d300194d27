import { Link } from '@tanstack/react-router'
import type { Earnings } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { firstDay, monthName, monthShort } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import styles from './earnings.module.css'
import { heightsOf } from './table'

const text = words.practice.earnings

/** Twelve bars. Each is a link to the month's payments and says its amount; the table below has the same to the cent. */
export function Chart({ earnings, chosen }: { earnings: Earnings; chosen: string | undefined }) {
  const heights = heightsOf(earnings.months)
  const below = heights.some((height) => height < 0)
  return (
    <section className="card pad" aria-labelledby="chart">
      <h2 id="chart" className={styles.title}>
        {text.chart(earnings.year)}
      </h2>
      <p className={styles.sum}>
        <b>{formatMoney(earnings.total.kept)}</b> <span className="muted">{text.total(earnings.year)}</span>
      </p>
      <ol className={classes(styles.chart, below && styles.withBelow)}>
        {earnings.months.map(({ month, kept }, index) => {
          const height = heights[index] ?? 0
          const share = `${Math.round(Math.abs(height) * 1000) / 10}%`
          return (
            <li key={month}>
              <Link
                to="/earnings"
                search={{ year: earnings.year, month }}
                resetScroll={false}
                activeOptions={{ exact: true }}
                className={classes(styles.column, month === chosen && styles.chosen)}
                title={`${monthName(month)}: ${formatMoney(kept)}`}
              >
                <span className="sr">{`${monthName(month)}: ${formatMoney(kept)}`}</span>
                <span className={styles.up}>{height > 0 && <i style={{ height: share }} />}</span>
                {below && <span className={styles.down}>{height < 0 && <i style={{ height: share }} />}</span>}
                <span className={styles.monthName} aria-hidden="true">
                  <span className="only-large">{monthShort(firstDay(month))}</span>
                  <span className="only-small">{monthShort(firstDay(month)).slice(0, 1)}</span>
                </span>
              </Link>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
