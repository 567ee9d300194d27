import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react'
import { earningsQuery } from '@/shared/api/practice'
import type { Earnings } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { dayOf, now, placeOf } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Chart } from './Chart'
import styles from './earnings.module.css'
import { MonthPayments } from './MonthPayments'
import { MonthTable } from './MonthTable'
import { csvOf, nothingMoved } from './table'

const route = getRouteApi('/_staff/earnings')
const text = words.practice.earnings

/** A year in money: how much was kept each month, the months to the cent, and the payments behind one of them. */
export function EarningsPage() {
  usePageTitle(text.title)
  const zone = useZone()
  const thisYear = Number(dayOf(now(), zone).slice(0, 4))
  const { year = thisYear, month } = route.useSearch()
  const earnings = useQuery(earningsQuery(year))
  const slow = useSlow(earnings.isPending)
  const { data } = earnings
  return (
    <div className="stack">
      <div className={styles.head}>
        <div>
          <h1>{text.title}</h1>
          <p className="muted">{text.lead(placeOf(data?.time_zone ?? zone))}</p>
        </div>
        <YearSwitch year={year} last={thisYear} />
      </div>
      {earnings.error && !data && <Failure error={earnings.error} onRetry={() => void earnings.refetch()} />}
      {slow && (
        <>
          <Bar width="100%" height={280} round={18} />
          <Bar width="100%" height={420} round={18} />
        </>
      )}
      {data && nothingMoved(data) && (
        <section className="card pad stack tight">
          <h2>{text.none(year)}</h2>
          <p className="soft">{text.noneText}</p>
        </section>
      )}
      {data && !nothingMoved(data) && (
        <>
          <Chart earnings={data} chosen={month} />
          <MonthTable earnings={data} chosen={month} />
          <p className="muted small">{text.keptNote}</p>
          <div className={`row wrap ${styles.tools ?? ''}`}>
            <Button look="outline" size="small" icon={<IconDownload size={18} aria-hidden="true" />} onClick={() => saveTable(data)}>
              {text.save}
            </Button>
            <Button look="quiet" size="small" onClick={() => window.print()}>
              {text.print}
            </Button>
          </div>
          {month ? <MonthPayments month={month} /> : <p className="soft">{text.choose}</p>}
        </>
      )}
      {data && <p className="sr" role="status">{`${text.total(year)}: ${formatMoney(data.total.kept)}`}</p>}
    </div>
  )
}

function YearSwitch({ year, last }: { year: number; last: number }) {
  return (
    <nav className={styles.years} aria-label={text.year}>
      <ButtonLink look="outline" size="small" to="/earnings" search={{ year: year - 1 }} aria-label={text.before(year - 1)}>
        <IconChevronLeft size={20} aria-hidden="true" />
      </ButtonLink>
      <b>{year}</b>
      {year < last ? (
        <ButtonLink look="outline" size="small" to="/earnings" search={{ year: year + 1 }} aria-label={text.after(year + 1)}>
          <IconChevronRight size={20} aria-hidden="true" />
        </ButtonLink>
      ) : (
        <span className={styles.noYear} aria-hidden="true" />
      )}
    </nav>
  )
}

function saveTable(earnings: Earnings): void {
  const heads = [text.month, text.payments, text.received, text.refunded, text.disputed, text.kept, '']
  const address = URL.createObjectURL(new Blob(['\uFEFF', csvOf(earnings, heads)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = text.fileName(earnings.year)
  link.click()
  URL.revokeObjectURL(address)
}
