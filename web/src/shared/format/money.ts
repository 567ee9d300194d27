/** Money as the server sends it, in whole minor units, as people read it. What things cost is never computed here. */
import { locale } from '@/shared/text/language'

export interface MoneyLike {
  amount: number
  currency: string
}

const formats = new Map<string, Intl.NumberFormat>()

function formatFor(currency: string): Intl.NumberFormat {
  let format = formats.get(currency)
  if (!format) {
    format = new Intl.NumberFormat(locale.numbers, { style: 'currency', currency })
    formats.set(currency, format)
  }
  return format
}

/** How many decimal digits a currency's minor unit has: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return formatFor(currency).resolvedOptions().maximumFractionDigits ?? 2
}

/** What lies between a total and a part of it that the server told: the tax, between total and fee. */
export function rest(total: MoneyLike, part: MoneyLike): MoneyLike {
  return { amount: total.amount - part.amount, currency: total.currency }
}

export function formatMoney({ amount, currency }: MoneyLike): string {
  return formatFor(currency).format(amount / 10 ** minorDigits(currency))
}

/** For round figures such as the steps of a price filter: “$150”. */
export function formatWhole({ amount, currency }: MoneyLike): string {
  return new Intl.NumberFormat(locale.numbers, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount / 10 ** minorDigits(currency))
}

const percents = new Intl.NumberFormat(locale.numbers, { style: 'percent', maximumFractionDigits: 4 })

/** “18%”, “7,25 %”. */
export function formatPercent(percent: string | number): string {
  return percents.format(Number(percent) / 100)
}

const tenths = new Intl.NumberFormat(locale.numbers, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** An average of stars: “4.8”. */
export function formatRating(average: number): string {
  return tenths.format(average)
}

/** “90”, “90.5” or “90,50” in minor units; null when it is no amount of this currency. Digits only, so no fraction is ever lost. */
export function minorUnits(typed: string, currency: string): number | null {
  const digits = minorDigits(currency)
  const match = /^(\d{1,7})(?:[.,](\d+))?$/.exec(typed.trim())
  if (!match) return null
  const [, whole = '', part = ''] = match
  return part.length > digits ? null : Number(`${whole}${part.padEnd(digits, '0')}`)
}

/** The amount as it would be typed: “90.50”, “90” where there are no smaller units to show. */
export function typedAmount({ amount, currency }: MoneyLike): string {
  const digits = minorDigits(currency)
  return (amount / 10 ** digits).toFixed(amount % 10 ** digits === 0 ? 0 : digits)
}
