import { describe, expect, it } from 'vitest'
import type { Slot } from '@/shared/api/types'
import { firstFreeDay, monthLimits, reachOf, slotsByDay, viewOf } from './month'
import { monthShown, rangeOf } from './range'

const slot = (starts_at: string, status: Slot['status'] = 'free'): Slot => ({ starts_at, ends_at: starts_at, status })
const reach = { today: '2026-11-17', last: '2027-01-17' }

describe('the month calendar', () => {
  it('asks for a day more on either side, since the doctor’s calendar may be ahead or behind', () => {
    expect(rangeOf('2026-11')).toEqual({ from: '2026-10-31', to: '2026-12-02' })
  })

  it('never asks for more than the server gives', () => {
    const { from, to } = rangeOf('2026-12')
    expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBeLessThanOrEqual(62)
  })

  it('shows the month of what was asked for, of the chosen time, of the next free one, or the present, in that order', () => {
    const [at, next, zone, now] = ['2027-01-01T05:00:00Z', '2027-02-01T12:00:00Z', 'America/Chicago', Date.UTC(2026, 10, 20)] as const
    expect(monthShown({ month: '2026-10', day: '2026-11-02', at }, next, zone, now)).toBe('2026-10')
    expect(monthShown({ day: '2026-11-02', at }, next, zone, now)).toBe('2026-11')
    expect(monthShown({ at }, next, zone, now)).toBe('2026-12')
    expect(monthShown({}, next, zone, now)).toBe('2027-02')
    expect(monthShown({}, null, zone, now)).toBe('2026-11')
  })

  it('puts a slot on the reader’s day', () => {
    const days = slotsByDay([slot('2026-11-19T18:30:00Z'), slot('2026-11-20T01:00:00Z')], 'America/Chicago')
    expect([...days.keys()]).toEqual(['2026-11-19'])
  })

  it('tells free, full, closed, past and not yet open days apart', () => {
    const half = [slot('a'), slot('b', 'held'), slot('c', 'booked'), slot('d')]
    expect(viewOf('2026-11-19', half, reach)).toMatchObject({ state: 'free', free: 2, share: 0.5 })
    expect(viewOf('2026-11-19', [slot('a', 'booked'), slot('b', 'held')], reach).state).toBe('full')
    expect(viewOf('2026-11-19', undefined, reach).state).toBe('closed')
    expect(viewOf('2026-11-16', half, reach).state).toBe('past')
    expect(viewOf('2027-01-18', undefined, reach).state).toBe('beyond')
  })

  it('leads to the first free day from a day on', () => {
    const days = new Map([
      ['2026-11-17', [slot('a', 'booked')]],
      ['2026-11-18', [slot('b', 'held'), slot('c')]],
      ['2026-11-20', [slot('d')]],
    ])
    expect(firstFreeDay(days, '2026-11-17')).toBe('2026-11-18')
    expect(firstFreeDay(days, '2026-11-19')).toBe('2026-11-20')
    expect(firstFreeDay(days, '2026-11-21')).toBeNull()
  })

  it('turns pages from this month to that of the last day', () => {
    const at = Date.parse('2026-12-01T03:00:00Z')
    expect(monthLimits(reachOf(at, 'America/Chicago', 60))).toEqual({ first: '2026-11', last: '2027-01' })
    expect(monthLimits(reachOf(at, 'Asia/Kolkata', 60))).toEqual({ first: '2026-12', last: '2027-01' })
  })
})
