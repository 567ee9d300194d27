/** A year of earnings as bars and as a file. */
import type { Earnings } from '@/shared/api/types'
import { typedAmount } from '@/shared/format/money'

type Month = Earnings['months'][number]

/** How high each month's bar stands, from 0 to 1; what went back more than came in hangs below, from 0 to −1. */
export function heightsOf(months: readonly Month[]): number[] {
  const most = Math.max(1, ...months.map(({ kept }) => Math.abs(kept.amount)))
  return months.map(({ kept }) => kept.amount / most)
}

export function nothingMoved(earnings: Earnings): boolean {
  return earnings.months.every(({ payments, received, refunded, disputed }) => payments === 0 && received.amount === 0 && refunded.amount === 0 && disputed.amount === 0)
}

/** Comma-separated, with the amounts as plain numbers, so that any table program reads them. */
export function csvOf(earnings: Earnings, heads: readonly string[]): string {
  const rows = earnings.months.map(({ month, payments, received, refunded, disputed, kept }) =>
    [month, payments, typedAmount(received), typedAmount(refunded), typedAmount(disputed), typedAmount(kept), earnings.currency].join(','),
  )
  return [heads.map((head) => `"${head.replaceAll('"', '""')}"`).join(','), ...rows, ''].join('\r\n')
}
