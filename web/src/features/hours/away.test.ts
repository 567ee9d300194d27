import { describe, expect, it } from 'vitest'
import { describeSpan, spanOf, type AwayForm } from './away'

const NEW_YORK = 'America/New_York'
const form = (more: Partial<AwayForm> = {}): AwayForm => ({ first: '2026-12-14', last: '2026-12-18', wholeDays: true, from: '', until: '', ...more })
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('time off', () => {
  it('of whole days runs from midnight to midnight on the doctor’s clock', () => {
    expect(spanOf(form(), NEW_YORK)).toEqual({ starts_at: '2026-12-14T05:00:00.000Z', ends_at: '2026-12-19T05:00:00.000Z' })
  })

  it('over a change of the clock still ends at the doctor’s midnight', () => {
    expect(spanOf(form({ first: '2026-10-24', last: '2026-11-01' }), NEW_YORK)).toEqual({
      starts_at: '2026-10-24T04:00:00.000Z',
      ends_at: '2026-11-02T05:00:00.000Z',
    })
  })

  it('of part of a day covers both readings of an hour that comes twice', () => {
    expect(spanOf(form({ first: '2026-11-01', last: '2026-11-01', wholeDays: false, from: '01:30', until: '01:45' }), NEW_YORK)).toEqual({
      starts_at: '2026-11-01T05:30:00.000Z',
      ends_at: '2026-11-01T06:45:00.000Z',
    })
  })

  it('is nothing while something is missing or the end comes first', () => {
    expect(spanOf(form({ last: '' }), NEW_YORK)).toBeNull()
    expect(spanOf(form({ last: '2026-12-13' }), NEW_YORK)).toBeNull()
    expect(spanOf(form({ wholeDays: false, from: '09:00' }), NEW_YORK)).toBeNull()
    expect(spanOf(form({ last: '2026-12-14', wholeDays: false, from: '14:00', until: '09:00' }), NEW_YORK)).toBeNull()
  })

  it('reads back as it was meant', () => {
    const said = (more: Partial<AwayForm>) => plain(describeSpan(spanOf(form(more), NEW_YORK) ?? { starts_at: '', ends_at: '' }, NEW_YORK))
    expect(said({})).toBe('Mon 14 Dec to Fri 18 Dec')
    expect(said({ last: '2026-12-14' })).toBe('Mon 14 Dec')
    expect(said({ last: '2026-12-14', wholeDays: false, from: '14:00', until: '17:30' })).toBe('Mon 14 Dec, 2:00 pm to 5:30 pm')
    expect(said({ wholeDays: false, from: '14:00', until: '12:00' })).toBe('Mon 14 Dec, 2:00 pm to Fri 18 Dec, 12:00 pm')
  })
})
