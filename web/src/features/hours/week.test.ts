import { describe, expect, it } from 'vitest'
import type { Hours } from '@/shared/api/types'
import { clockOf, countWeek, errorsOf, formOf, hoursOf, isFilled, nextSpan, previewOf, sameForm, startsOf } from './week'

const hours: Hours = {
  time_zone: 'Europe/Berlin',
  slot_minutes: 30,
  gap_minutes: 10,
  minimum_notice_minutes: 60,
  horizon_days: 90,
  weekly: [
    { weekday: 'monday', from: '09:00', to: '12:30' },
    { weekday: 'monday', from: '14:00', to: '18:00' },
    { weekday: 'saturday', from: '22:00', to: '24:00' },
  ],
  overrides: [
    { date: '2027-12-25', spans: [] },
    { date: '2027-12-24', spans: [{ from: '09:00', to: '24:00' }] },
  ],
}

describe('the hours form', () => {
  it('brings back what it was given, the midnight that ends a day included', () => {
    const form = formOf(hours)
    expect(form.week.saturday).toEqual([{ from: '22:00', to: '00:00' }])
    expect(form.week.sunday).toEqual([])
    expect(form.overrides.map(({ date }) => date)).toEqual(['2027-12-24', '2027-12-25'])
    expect(hoursOf(form)).toEqual({ ...hours, overrides: [...hours.overrides].reverse() })
  })

  it('knows whether anything was changed', () => {
    const form = formOf(hours)
    expect(sameForm(form, formOf(hours))).toBe(true)
    expect(sameForm({ ...form, gap_minutes: 0 }, formOf(hours))).toBe(false)
    expect(sameForm({ ...form, overrides: [] }, formOf(hours))).toBe(false)
  })

  it('says what is wrong with a span', () => {
    const span = (from: string, to: string) => ({ from, to })
    expect(errorsOf([span('09:00', '12:30'), span('14:00', '18:00')], 30)).toEqual([null, null])
    expect(errorsOf([span('09:00', '14:30'), span('14:00', '18:00')], 30)).toEqual(['overlap', 'overlap'])
    expect(errorsOf([span('12:00', '09:00')], 30)).toEqual(['order'])
    expect(errorsOf([span('09:00', ''), span('10:00', '10:20')], 30)).toEqual(['missing', 'tooShort'])
    expect(errorsOf([span('22:00', '00:00')], 30)).toEqual([null])
    expect(errorsOf([span('09:00', '12:00'), span('12:00', '13:00')], 30)).toEqual([null, null])
  })

  it('is complete once every time is filled in; whether they can be kept the server says', () => {
    const form = formOf(hours)
    const friday = (from: string, to: string) => ({ ...form, week: { ...form.week, friday: [{ from, to }] } })
    expect(isFilled(form)).toBe(true)
    expect(isFilled(friday('10:00', ''))).toBe(false)
    expect(isFilled(friday('10:00', '10:05'))).toBe(true)
    expect(isFilled(friday('10:00', '09:00'))).toBe(true)
  })

  it('steps by visit and gap from the start of each span, and never over its end', () => {
    expect(startsOf([{ from: '09:00', to: '12:30' }], 30, 10)).toEqual([540, 580, 620, 660, 700])
    expect(startsOf([{ from: '09:00', to: '10:00' }], 30, 0)).toEqual([540, 570])
    expect(startsOf([{ from: '23:00', to: '00:00' }], 30, 0)).toEqual([1380, 1410])
    expect(startsOf([{ from: '09:00', to: '09:20' }], 30, 0)).toEqual([])
    expect(startsOf([{ from: '', to: '09:20' }], 30, 0)).toEqual([])
  })

  it('previews the week against what is saved', () => {
    const saved = formOf(hours)
    const longer = { ...saved, week: { ...saved.week, monday: [{ from: '09:00', to: '12:30' }, { from: '14:00', to: '20:00' }] } }
    const monday = previewOf(longer, saved)[0]
    expect(monday?.starts).toHaveLength(14)
    expect(monday?.starts.filter(({ isNew }) => isNew).map(({ at }) => at)).toEqual([1080, 1120, 1160])
    expect(countWeek(longer) - countWeek(saved)).toBe(3)
  })

  it('offers a further span after the last, with a break between', () => {
    expect(nextSpan([])).toEqual({ from: '09:00', to: '17:00' })
    expect(nextSpan([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '16:00' })
    expect(nextSpan([{ from: '09:00', to: '21:30' }])).toEqual({ from: '22:30', to: '00:00' })
  })

  it('offers a further span where there is room when the day is open until late', () => {
    expect(nextSpan([{ from: '20:00', to: '23:30' }])).toEqual({ from: '16:00', to: '19:00' })
    expect(nextSpan([{ from: '20:00', to: '00:00' }])).toEqual({ from: '16:00', to: '19:00' })
    expect(nextSpan([{ from: '14:00', to: '00:00' }, { from: '02:00', to: '12:00' }])).toEqual({ from: '00:00', to: '02:00' })
  })

  it('offers none on a day that is open throughout', () => {
    expect(nextSpan([{ from: '00:00', to: '00:00' }])).toBeNull()
  })

  it('never offers hours that overlap others', () => {
    for (let from = 0; from < 1_440; from += 90)
      for (let to = from + 30; to <= 1_440; to += 30) {
        const taken = { from: clockOf(from), to: clockOf(to) }
        const next = nextSpan([taken])
        expect(errorsOf(next ? [taken, next] : [taken], 5), `${taken.from}-${taken.to}`).not.toContain('overlap')
      }
  })
})
