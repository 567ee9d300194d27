import { minorDigits, type MoneyLike } from '@/shared/format/money'

export interface Scale {
  /** Minor units, as `top`, which no listed doctor's fee is above. */
  step: number
  top: number
}

const MOST_STEPS = 30

/** A round step of whole units, as 1, 2, 5, 10, 20, 50, … are; null where there would be nothing to choose between. */
export function scaleOf({ amount, currency }: MoneyLike): Scale | null {
  let step = 10 ** minorDigits(currency)
  for (let turn = 0; amount > step * MOST_STEPS; turn += 1) step *= turn % 3 === 1 ? 2.5 : 2
  return amount > step ? { step, top: Math.ceil(amount / step) * step } : null
}
