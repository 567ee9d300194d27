import { describe, expect, it } from 'vitest'
import { EMPTY, mistakesOf, registrationOf, stepOf } from './registration'

describe('a doctor’s registration', () => {
  it('asks for what is missing and leaves the rest to the server', () => {
    expect(Object.keys(mistakesOf({ ...EMPTY, name: 'Dr Ann', email: 'x' }, 'USD'))).toEqual(['password', 'phone', 'specialization', 'fee'])
    const full = { ...EMPTY, name: 'a', email: 'b', password: 'c', phone: 'd', specialization: 'e', fee: '90' }
    expect(mistakesOf(full, 'USD')).toEqual({})
    expect(Object.keys(mistakesOf({ ...full, fee: 'ninety' }, 'USD'))).toEqual(['fee'])
  })

  it('sends languages as a list and trims what was typed', () => {
    const sent = registrationOf({ ...EMPTY, email: ' ann@example.com ', languages: 'English, , Igbo ', fee: '90' }, 'USD')
    expect(sent).toMatchObject({ email: 'ann@example.com', languages: ['English', 'Igbo'], fee: { amount: 9_000, currency: 'USD' } })
  })

  it('leads back to the first step in which something is wrong', () => {
    expect(stepOf({ about: 'too long', email: 'taken' })).toBe(1)
    expect(stepOf({ fee: 'too little' })).toBe(2)
    expect(stepOf({ time_zone: 'unknown' })).toBe(3)
    expect(stepOf({})).toBeNull()
  })
})
