import { describe, expect, it } from 'vitest'
import type { Appointment, Slot } from '@/shared/api/types'
import { changesOf, comingDays, countsOf, nowBefore, rowsOf } from './day'

const NEW_YORK = 'America/New_York'
const now = Date.parse('2026-11-17T19:52:00Z')

const visit = (id: string, starts_at: string, ends_at: string, status: Appointment['status'] = 'booked') =>
  ({ id, starts_at, ends_at, status }) as Appointment
const slot = (starts_at: string, status: Slot['status']): Slot => ({ starts_at, ends_at: starts_at, status })

const ruth = visit('ruth', '2026-11-17T14:00:00Z', '2026-11-17T14:30:00Z', 'fulfilled')
const daniel = visit('daniel', '2026-11-17T15:20:00Z', '2026-11-17T15:50:00Z', 'noshow')
const priya = visit('priya', '2026-11-17T19:40:00Z', '2026-11-17T20:10:00Z', 'arrived')
const aleksandra = visit('aleksandra', '2026-11-17T20:20:00Z', '2026-11-17T20:50:00Z')
const held = visit('held', '2026-11-17T21:00:00Z', '2026-11-17T21:30:00Z', 'pending')
const gone = visit('gone', '2026-11-17T22:00:00Z', '2026-11-17T22:30:00Z', 'cancelled')
const night = visit('night', '2026-11-18T03:00:00Z', '2026-11-18T03:30:00Z')
const morrow = visit('morrow', '2026-11-18T14:00:00Z', '2026-11-18T14:30:00Z')

const looks = (rows: ReturnType<typeof rowsOf>) => rows.map(({ key, look }) => `${key} ${look}`)

describe('a doctor’s day', () => {
  it('lists visits, holds and free times by the clock, and leaves cancelled ones out', () => {
    const free = slot('2026-11-17T21:40:00Z', 'free')
    const rows = rowsOf('2026-11-17', NEW_YORK, [held, gone, ruth, priya, daniel, aleksandra], [free, slot(held.starts_at, 'held')], now)
    expect(looks(rows)).toEqual([
      'ruth done',
      'daniel missed',
      'priya now',
      'aleksandra coming',
      'held hold',
      '2026-11-17T21:40:00Z free',
    ])
  })

  it('marks the next visit while none is on', () => {
    expect(looks(rowsOf('2026-11-17', NEW_YORK, [ruth, aleksandra, night], [], now))).toEqual(['ruth done', 'aleksandra next', 'night coming'])
  })

  it('takes the doctor’s calendar: ten in the evening is still today', () => {
    expect(looks(rowsOf('2026-11-17', NEW_YORK, [night, morrow], [], now))).toEqual(['night next'])
    expect(looks(rowsOf('2026-11-18', 'UTC', [night, morrow], [], now))).toEqual(['night next', 'morrow coming'])
  })

  it('lets a visit that nobody marked recede when it is over', () => {
    const rows = rowsOf('2026-11-17', NEW_YORK, [visit('old', '2026-11-17T18:00:00Z', '2026-11-17T18:30:00Z')], [], now)
    expect(looks(rows)).toEqual(['old past'])
  })

  it('counts visits, never holds or free times', () => {
    const rows = rowsOf('2026-11-17', NEW_YORK, [ruth, daniel, priya, aleksandra, held], [slot('2026-11-17T22:00:00Z', 'free')], now)
    expect(countsOf(rows)).toEqual({ visits: 4, done: 1, missed: 1, toGo: 2 })
  })

  it('shows the days after today, holds of today left to today', () => {
    const days = comingDays('2026-11-17', NEW_YORK, [morrow, held, night, gone])
    expect([...days]).toEqual([['2026-11-18', [morrow]]])
  })

  it('draws the present between what is over and what comes, and not while a visit is on', () => {
    const quiet = rowsOf('2026-11-17', NEW_YORK, [ruth, daniel, aleksandra], [], now)
    expect(nowBefore(quiet, now)).toBe(2)
    expect(nowBefore(rowsOf('2026-11-17', NEW_YORK, [ruth, priya, aleksandra], [], now), now)).toBeNull()
    expect(nowBefore(rowsOf('2026-11-17', NEW_YORK, [ruth], [], now), now)).toBe(1)
  })

  it('notices what others did to the day, and not what the doctor did', () => {
    const booked = { ...held, status: 'booked' } as Appointment
    const off = (by: string) => ({ ...aleksandra, status: 'cancelled', cancelled: { by } }) as Appointment
    const changes = (before: Appointment[], after: Appointment[]) =>
      changesOf(before, after, '2026-11-17', NEW_YORK).map(({ kind, visit }) => `${kind} ${visit.id}`)
    expect(changes([ruth], [ruth, held])).toEqual(['held held'])
    expect(changes([ruth, held], [ruth, booked])).toEqual(['booked held'])
    expect(changes([aleksandra], [off('patient')])).toEqual(['called-off aleksandra'])
    expect(changes([aleksandra], [off('doctor')])).toEqual([])
    expect(changes([], [morrow])).toEqual([])
  })
})
