import { describe, expect, it } from 'vitest'
import { isZone, minutesAhead, offsetMinutes, placeOf, wallClock, zoneChoices } from './zones'

describe('zones', () => {
  it('reads the clock on the wall of another place', () => {
    expect(wallClock('2026-11-19T20:20:00Z', 'America/Chicago')).toMatchObject({ day: 19, hour: 14, minute: 20 })
    expect(wallClock('2026-11-19T20:20:00Z', 'Asia/Kolkata')).toMatchObject({ day: 20, hour: 1, minute: 50 })
  })

  it('shows midnight as hour 0', () => {
    expect(wallClock('2026-11-19T06:00:00Z', 'America/Chicago').hour).toBe(0)
  })

  it('follows a zone over its change of the clock', () => {
    expect(offsetMinutes('2026-03-29T00:59:59Z', 'Europe/Berlin')).toBe(60)
    expect(offsetMinutes('2026-03-29T01:00:00Z', 'Europe/Berlin')).toBe(120)
    expect(offsetMinutes('2026-10-25T00:59:59.999Z', 'Europe/Berlin')).toBe(120)
    expect(offsetMinutes('2026-10-25T01:00:00Z', 'Europe/Berlin')).toBe(60)
  })

  it('knows how far a place is ahead, which changes when only one of two changes its clock', () => {
    expect(minutesAhead('2026-11-19T12:00:00Z', 'America/Chicago', 'America/New_York')).toBe(60)
    expect(minutesAhead('2026-03-20T12:00:00Z', 'Europe/London', 'America/New_York')).toBe(-240)
    expect(minutesAhead('2026-04-20T12:00:00Z', 'Europe/London', 'America/New_York')).toBe(-300)
    expect(minutesAhead('2026-07-01T12:00:00Z', 'UTC', 'Asia/Kathmandu')).toBe(345)
  })

  it('names a zone by its place', () => {
    expect(placeOf('America/New_York')).toBe('New York')
    expect(placeOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
    expect(placeOf('UTC')).toBe('UTC')
  })

  it('lists zones by place, and always the one in use', () => {
    const choices = zoneChoices('Asia/Calcutta')
    expect(choices).toContainEqual({ value: 'America/New_York', label: 'New York (America)' })
    expect(choices).toContainEqual({ value: 'Asia/Calcutta', label: 'Calcutta (Asia)' })
    expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length)
  })

  it('refuses what is no zone', () => {
    expect(isZone('Mars/Olympus')).toBe(false)
    expect(isZone('')).toBe(false)
    expect(isZone('Asia/Kolkata')).toBe(true)
  })
})
