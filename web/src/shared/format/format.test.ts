import { describe, expect, it } from 'vitest'
import { formatMoney, formatPercent, formatWhole, minorUnits, typedAmount } from './money'
import { hueOf, initialsOf, shortName } from './names'

describe('money', () => {
  it('reads minor units in the currency’s own digits', () => {
    expect(formatMoney({ amount: 10_620, currency: 'USD' })).toBe('$106.20')
    expect(formatMoney({ amount: 10_620, currency: 'JPY' })).toBe('¥10,620')
    expect(formatMoney({ amount: 10_620, currency: 'KWD' }).replace('\u00a0', ' ')).toBe('KWD 10.620')
    expect(formatMoney({ amount: 0, currency: 'USD' })).toBe('$0.00')
    expect(formatWhole({ amount: 15_000, currency: 'USD' })).toBe('$150')
  })

  it('turns a typed fee into minor units without losing a cent', () => {
    expect(minorUnits('90', 'USD')).toBe(9_000)
    expect(minorUnits(' 90,5 ', 'EUR')).toBe(9_050)
    expect(minorUnits('1.15', 'USD')).toBe(115)
    expect(minorUnits('90', 'JPY')).toBe(90)
    expect(minorUnits('0', 'USD')).toBe(0)
  })

  it('takes nothing for an amount that is none', () => {
    for (const typed of ['', 'ninety', '-5', '1.234', '1,000.00', '9e3']) expect(minorUnits(typed, 'USD')).toBeNull()
    expect(minorUnits('90.5', 'JPY')).toBeNull()
  })

  it('writes an amount as it would be typed, and reads it again', () => {
    for (const [amount, currency, typed] of [[9_050, 'USD', '90.50'], [9_000, 'USD', '90'], [0, 'USD', '0'], [90, 'JPY', '90'], [1_005, 'KWD', '1.005']] as const) {
      expect(typedAmount({ amount, currency })).toBe(typed)
      expect(minorUnits(typed, currency)).toBe(amount)
    }
  })

  it('says a percentage without idle zeros', () => {
    expect(formatPercent('18')).toBe('18%')
    expect(formatPercent('18.0')).toBe('18%')
    expect(formatPercent('7.25')).toBe('7.25%')
  })
})

describe('names', () => {
  it('takes initials without the title', () => {
    expect(initialsOf('Dr Amara Okafor')).toBe('AO')
    expect(initialsOf('Dr. Tomás Herrera Villanueva')).toBe('TV')
    expect(initialsOf('Prof Dr Ågot Æ')).toBe('ÅÆ')
    expect(initialsOf('Cher')).toBe('C')
    expect(initialsOf('')).toBe('')
  })

  it('shortens to the title and the last name', () => {
    expect(shortName('Dr Amara Okafor')).toBe('Dr Okafor')
    expect(shortName('Lena Koch')).toBe('Koch')
  })

  it('gives a name one colour for ever', () => {
    expect(hueOf('Dr Amara Okafor')).toBe(hueOf('Dr Amara Okafor'))
    expect(new Set(['Ann', 'Ben', 'Cleo', 'Dana', 'Eve', 'Finn'].map(hueOf)).size).toBeGreaterThan(2)
  })
})
