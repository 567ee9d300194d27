import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dayOf, daysBetween, groupByDay, isDay, monthGrid, weekStart, weekdayOf } from './days'

describe('days', () => {
  it('gives one instant the day that each zone has then', () => {
    const at = '2026-11-19T03:30:00Z'
    expect(dayOf(at, 'America/Chicago')).toBe('2026-11-18')
    expect(dayOf(at, 'Asia/Kolkata')).toBe('2026-11-19')
  })

  it('steps over clock changes, month ends and leap days', () => {
    expect(addDays('2026-03-28', 1)).toBe('2026-03-29')
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(daysBetween('2026-10-24', '2026-10-27')).toBe(3)
  })

  it('lays a month out in weeks that begin on Monday', () => {
    const weeks = monthGrid('2026-11')
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
    expect(weeks.at(-1)).toEqual(['2026-11-30', null, null, null, null, null, null])
    expect(weeks.flat().filter(Boolean)).toHaveLength(30)
    expect(weekdayOf('2026-11-30')).toBe(0)
    expect(weekStart('2026-11-22')).toBe('2026-11-16')
  })

  it('refuses a day that no calendar has', () => {
    expect(isDay('2026-02-30')).toBe(false)
    expect(isDay('2026-2-3')).toBe(false)
    expect(isDay('2026-02-28')).toBe(true)
    expect(isDay(undefined)).toBe(false)
  })

  it('puts an evening in one zone and the next morning in another on different days', () => {
    const slots = ['2026-11-20T01:00:00Z', '2026-11-19T20:00:00Z', '2026-11-20T09:00:00Z']
    const chicago = groupByDay(slots, (slot) => slot, 'America/Chicago')
    expect([...chicago.keys()]).toEqual(['2026-11-19', '2026-11-20'])
    expect(chicago.get('2026-11-19')).toEqual(['2026-11-20T01:00:00Z', '2026-11-19T20:00:00Z'])
    const kolkata = groupByDay(slots, (slot) => slot, 'Asia/Kolkata')
    expect(kolkata.get('2026-11-20')).toHaveLength(3)
  })

  it('keeps the two hours of the same name apart on the day the clock goes back', () => {
    const both = groupByDay(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'], (slot) => slot, 'Europe/Berlin')
    expect(both.get('2026-10-25')).toHaveLength(2)
  })
})
