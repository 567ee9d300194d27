import { describe, expect, it } from 'vitest'
import { clockText, dayFull, dayLong, dayShort, hoursBefore, minutesBetween, monthName, soon } from './format'

const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ')

describe('words for times', () => {
  it('says the time on a twelve-hour clock', () => {
    expect(plain(clockText('2026-11-19T20:20:00Z', 'America/Chicago'))).toBe('2:20 pm')
    expect(plain(clockText('2026-11-19T06:00:00Z', 'America/Chicago'))).toBe('12:00 am')
    expect(plain(clockText('2026-11-19T18:05:00Z', 'America/Chicago'))).toBe('12:05 pm')
  })

  it('says days without commas', () => {
    expect(dayLong('2026-11-19')).toBe('Thursday 19 November')
    expect(dayShort('2026-11-19')).toBe('Thu 19 Nov')
    expect(dayFull('2026-11-19')).toBe('Thursday 19 November 2026')
    expect(monthName('2026-11')).toBe('November 2026')
  })

  it('says what is soon and is silent about what is not', () => {
    const now = '2026-11-17T19:52:00Z'
    expect(soon('2026-11-17T20:10:00Z', now)).toBe('in 18 minutes')
    expect(soon('2026-11-17T22:40:00Z', now)).toBe('in 2 hours')
    expect(soon('2026-11-17T20:52:59Z', now)).toBe('in 1 hour')
    expect(soon('2026-11-18T19:52:00Z', now)).toBeNull()
    expect(soon('2026-11-17T19:51:00Z', now)).toBeNull()
  })

  it('counts elapsed hours over a clock change', () => {
    expect(hoursBefore('2026-10-25T12:00:00Z', 24).toISOString()).toBe('2026-10-24T12:00:00.000Z')
    expect(minutesBetween('2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z')).toBe(30)
  })
})
