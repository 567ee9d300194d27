import { describe, expect, it } from 'vitest'
import { instantOf, startOfDay } from './wall'

const iso = (date: Date) => date.toISOString()

describe('from a wall clock to instants', () => {
  it('reads an ordinary time', () => {
    expect(iso(instantOf('2026-11-19', 14 * 60 + 20, 'America/Chicago'))).toBe('2026-11-19T20:20:00.000Z')
    expect(iso(instantOf('2026-11-19', 9 * 60, 'Asia/Kathmandu'))).toBe('2026-11-19T03:15:00.000Z')
  })

  it('takes the first or the last of a reading that comes twice', () => {
    expect(iso(instantOf('2026-10-25', 150, 'Europe/Berlin', 'first'))).toBe('2026-10-25T00:30:00.000Z')
    expect(iso(instantOf('2026-10-25', 150, 'Europe/Berlin', 'last'))).toBe('2026-10-25T01:30:00.000Z')
  })

  it('takes the end of the gap for a reading that never comes', () => {
    expect(iso(instantOf('2026-03-29', 150, 'Europe/Berlin'))).toBe('2026-03-29T01:00:00.000Z')
  })

  it('lets a day end at midnight', () => {
    expect(iso(instantOf('2026-12-31', 1440, 'UTC'))).toBe('2027-01-01T00:00:00.000Z')
  })

  it('finds where a day begins, also where midnight is skipped', () => {
    expect(iso(startOfDay('2026-11-19', 'America/Chicago'))).toBe('2026-11-19T06:00:00.000Z')
    expect(iso(startOfDay('2026-03-30', 'Europe/Berlin'))).toBe('2026-03-29T22:00:00.000Z')
    expect(iso(startOfDay('2026-11-19', 'Pacific/Kiritimati'))).toBe('2026-11-18T10:00:00.000Z')
    // In Santiago the clocks went from 23:59:59 on the 5th to 01:00 on the 6th of September 2026.
    expect(iso(startOfDay('2026-09-06', 'America/Santiago'))).toBe('2026-09-06T04:00:00.000Z')
  })
})
