import { describe, expect, it } from 'vitest'
import { hourMark, stripOf } from './strip'

const slot = (starts_at: string, ends_at: string) => ({ starts_at, ends_at, status: 'free' as const })

describe('the day strip', () => {
  it('runs from the hour of the first slot to the hour that ends the last', () => {
    const first = slot('2026-11-19T14:00:00Z', '2026-11-19T14:30:00Z')
    const last = slot('2026-11-19T17:20:00Z', '2026-11-19T17:50:00Z')
    const strip = stripOf([first, last])
    expect(strip?.place(first)).toEqual({ left: 0, width: 12.5 })
    expect(strip?.place(last).left).toBeCloseTo(83.33, 1)
    expect(strip?.marks.map(({ left }) => left)).toEqual([0, 25, 50, 75])
  })

  it('has fewer marks on a longer day and none without slots', () => {
    expect(stripOf([slot('2026-11-19T08:00:00Z', '2026-11-19T18:00:00Z')])?.marks).toHaveLength(5)
    expect(stripOf([])).toBeNull()
  })

  it('names hours in zones that are off by half an hour', () => {
    expect(hourMark(Date.parse('2026-11-19T20:00:00Z'), 'America/Chicago')).toBe('2\u00a0pm')
    expect(hourMark(Date.parse('2026-11-19T20:00:00Z'), 'Asia/Kolkata')).toBe('1:30\u00a0am')
  })
})
