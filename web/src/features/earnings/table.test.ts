import { describe, expect, it } from 'vitest'
import { csvOf, heightsOf, nothingMoved } from './table'

const usd = (amount: number) => ({ amount, currency: 'USD' })
const month = (name: string, received: number, refunded = 0) => ({
  month: name,
  payments: received ? 1 : 0,
  received: usd(received),
  refunded: usd(refunded),
  disputed: usd(0),
  kept: usd(received - refunded),
})
const year = (...months: ReturnType<typeof month>[]) => ({ year: 2027, time_zone: 'UTC', currency: 'USD', months, total: month('2027', 0) })

describe('a year of earnings', () => {
  it('is drawn in proportion to its best month, below the line where more went back than came in', () => {
    expect(heightsOf([month('2027-01', 10_000), month('2027-02', 5_000), month('2027-03', 0, 2_500)])).toEqual([1, 0.5, -0.25])
    expect(heightsOf([month('2027-01', 0)])).toEqual([0])
  })

  it('is empty when nothing moved, not when what moved cancels out', () => {
    expect(nothingMoved(year(month('2027-01', 0)))).toBe(true)
    expect(nothingMoved(year(month('2027-01', 500, 500)))).toBe(false)
  })

  it('goes into a file to the cent', () => {
    expect(csvOf(year(month('2027-01', 10_621, 50)), ['Month', 'Paid "in"'])).toBe('"Month","Paid ""in"""\r\n2027-01,1,106.21,0.50,0,105.71,USD\r\n')
  })
})
