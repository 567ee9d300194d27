import type { ReactNode } from 'react'
import type { ReceiptFacts } from '@/shared/api/types'
import { formatMoney, formatPercent } from '@/shared/format/money'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayFull, dayOf, minutesAhead, placeOf, type Zone } from '@/shared/time'
import { Clock } from '@/shared/ui/Clock'
import { Note } from '@/shared/ui/Note'
import styles from './papers.module.css'

const text = words.papers.receipt

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Times({ receipt, zone }: { receipt: ReceiptFacts; zone: Zone }) {
  return (
    <span className="inline-ap">
      <Clock at={receipt.starts_at} zone={zone} /> – <Clock at={receipt.ends_at} zone={zone} /> {words.common.zoneTime(placeOf(zone))}
    </span>
  )
}

function notesOf(receipt: ReceiptFacts, zone: Zone): string[] {
  const day = (at: string) => dayFull(dayOf(at, zone))
  const { cancelled_at: cancelled, voided_at: voided, pay_by: payBy } = receipt
  return [
    cancelled && text.cancelled(day(cancelled)),
    voided && text.voided(day(voided)),
    receipt.disputed && text.disputed,
    payBy && text.payBy(day(payBy)),
  ].filter((note): note is string => Boolean(note))
}

/** All that accounts need to know of a visit, on one sheet. */
export function ReceiptPaper({ receipt, zone }: { receipt: ReceiptFacts; zone: Zone }) {
  const { quote, payments, refunds, reserved, kept } = receipt
  const day = (at: string) => dayFull(dayOf(at, zone))
  const elsewhere = minutesAhead(receipt.starts_at, zone, receipt.doctor_time_zone) !== 0
  const moved = refunds.length > 0
  return (
    <article className={`card ${styles.paper ?? ''}`}>
      <header className={styles.paperHead}>
        <h1>{text.title(receipt.number)}</h1>
        <p className="soft">{receipt.clinic}</p>
      </header>
      {notesOf(receipt, zone).map((note) => (
        <Note key={note} tone="amber">
          {note}
        </Note>
      ))}
      <dl className={styles.facts}>
        <Fact name={text.issued}>{day(receipt.issued_at)}</Fact>
        <Fact name={text.patient}>{receipt.patient}</Fact>
        <Fact name={text.doctor}>
          {receipt.doctor}
          <br />
          <span className="muted">{fieldName(receipt.specialization)}</span>
        </Fact>
        <Fact name={text.visit}>
          {day(receipt.starts_at)}
          <br />
          <Times receipt={receipt} zone={zone} />
          {elsewhere && (
            <>
              <br />
              <span className="muted">
                <Times receipt={receipt} zone={receipt.doctor_time_zone} />
              </span>
            </>
          )}
        </Fact>
      </dl>
      <dl className={styles.sums}>
        <Fact name={text.fee}>{formatMoney(quote.fee)}</Fact>
        <Fact name={text.tax(formatPercent(quote.tax_percent))}>{formatMoney(quote.tax)}</Fact>
        <dt className={styles.total}>{text.total}</dt>
        <dd className={styles.total}>{formatMoney(quote.total)}</dd>
        {payments.map(({ at, amount }) => (
          <Fact key={`in ${at}`} name={text.paidOn(day(at))}>
            {formatMoney(amount)}
          </Fact>
        ))}
        {reserved.amount > 0 && <Fact name={text.reserved}>{formatMoney(reserved)}</Fact>}
        {refunds.map(({ at, amount }) => (
          <Fact key={`out ${at}`} name={text.backOn(day(at))}>
            −{formatMoney(amount)}
          </Fact>
        ))}
        {moved && (
          <>
            <dt className={styles.total}>{text.kept}</dt>
            <dd className={styles.total}>{formatMoney(kept)}</dd>
          </>
        )}
      </dl>
    </article>
  )
}
