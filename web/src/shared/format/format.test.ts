import { describe, expect, it } from 'vitest'
import { formatMoney, formatPercent, formatWhole } from './money'
import { hueOf, initialsOf, shortName } from './names'

describe('money', () => {
  it('reads minor units in the currency’s own digits', () => {
    expect(formatMoney({ amount: 10_620, currency: 'USD' })).toBe('$106.20')
    expect(formatMoney({ amount: 10_620, currency: 'JPY' })).toBe('¥10,620')
    expect(formatMoney({ amount: 10_620, currency: 'KWD' }).replace('\u00a0', ' ')).toBe('KWD 10.620')
    expect(formatMoney({ amount: 0, currency: 'USD' })).toBe('$0.00')
    expect(formatWhole({ amount: 15_000, currency: 'USD' })).toBe('$150')
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
