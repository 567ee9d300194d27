import { describe, expect, it } from 'vitest'
import { EMPTY, minorUnits, mistakesOf, registrationOf } from './registration'

describe('a doctor’s registration', () => {
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

  it('asks for what is missing and leaves the rest to the server', () => {
    expect(Object.keys(mistakesOf({ ...EMPTY, name: 'Dr Ann', email: 'x' }))).toEqual(['password', 'phone', 'specialization', 'fee'])
    const full = { ...EMPTY, name: 'a', email: 'b', password: 'c', phone: 'd', specialization: 'e', fee: '90' }
    expect(mistakesOf(full)).toEqual({})
    expect(Object.keys(mistakesOf({ ...full, fee: 'ninety' }))).toEqual(['fee'])
  })

  it('sends languages as a list and trims what was typed', () => {
    const sent = registrationOf({ ...EMPTY, email: ' ann@example.com ', languages: 'English, , Igbo ', fee: '90' }, 'USD')
    expect(sent).toMatchObject({ email: 'ann@example.com', languages: ['English', 'Igbo'], fee: { amount: 9_000, currency: 'USD' } })
  })
})
