import { describe, expect, it } from 'vitest'
import type { Appointment, Hours } from '@/shared/api/types'
import { DAY_END, openOn, partOn, planOf, reachOf, visitsOf } from './grid'
import { parseCalendar } from './search'

const ZONE = 'America/New_York'
const hours = {
  weekly: [
    { weekday: 'tuesday', from: '14:00', to: '18:00' },
    { weekday: 'tuesday', from: '09:00', to: '12:30' },
    { weekday: 'friday', from: '20:00', to: '24:00' },
  ],
  overrides: [{ date: '2026-11-24', spans: [] }],
} as unknown as Hours
const visit = (id: string, starts_at: string, ends_at: string, status: Appointment['status'] = 'booked') => ({ id, starts_at, ends_at, status }) as Appointment

describe('a doctor’s calendar', () => {
  it('is open by the week, unless the day differs', () => {
    expect(openOn('2026-11-17', hours)).toEqual([{ from: 540, to: 750 }, { from: 840, to: 1080 }])
    expect(openOn('2026-11-24', hours)).toEqual([])
    expect(openOn('2026-11-20', hours)).toEqual([{ from: 1200, to: DAY_END }])
  })

  it('cuts what crosses midnight into its days, on the doctor’s clock', () => {
    const late = { starts_at: '2026-11-18T04:30:00Z', ends_at: '2026-11-18T05:30:00Z' }
    expect(partOn('2026-11-17', late, ZONE)).toEqual({ from: 1410, to: DAY_END })
    expect(partOn('2026-11-18', late, ZONE)).toEqual({ from: 0, to: 30 })
    expect(partOn('2026-11-19', late, ZONE)).toBeNull()
    const untilMidnight = { starts_at: '2026-11-18T04:30:00Z', ends_at: '2026-11-18T05:00:00Z' }
    expect(partOn('2026-11-18', untilMidnight, ZONE)).toBeNull()
  })

  it('shows what stands, counts visits and not holds, and leaves out what was called off', () => {
    const visits = [
      visit('b', '2026-11-17T20:00:00Z', '2026-11-17T20:30:00Z', 'pending'),
      visit('a', '2026-11-17T14:00:00Z', '2026-11-17T14:30:00Z'),
      visit('c', '2026-11-17T15:00:00Z', '2026-11-17T15:30:00Z', 'cancelled'),
    ]
    const plan = planOf('2026-11-17', ZONE, { hours, timeOff: [{ id: 'x', note: '', starts_at: '2026-11-17T19:00:00Z', ends_at: '2026-11-19T05:00:00Z' }], visits })
    expect(plan.blocks.map(({ visit: { id }, from, to }) => [id, from, to])).toEqual([['a', 540, 570], ['b', 900, 930]])
    expect(plan.away).toEqual([{ from: 840, to: DAY_END }])
    expect(visitsOf(plan)).toBe(1)
    expect(reachOf([plan])).toEqual({ from: 480, to: 1140 })
    expect(reachOf([])).toEqual({ from: 480, to: 1080 })
  })

  it('reads its address and forgives nonsense', () => {
    expect(parseCalendar({ view: 'month', day: '2026-11-17' })).toEqual({ view: 'month', day: '2026-11-17' })
    expect(parseCalendar({ view: 'decade', day: '2026-02-30' })).toEqual({})
  })
})
