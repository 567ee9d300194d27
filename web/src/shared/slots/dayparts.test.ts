import { describe, expect, it } from 'vitest'
import type { Appointment, Slot } from '@/shared/api/types'
import { countFree, lookAt, partsOf } from './dayparts'

const slot = (starts_at: string, status: Slot['status'] = 'free'): Slot => ({ starts_at, ends_at: starts_at, status })
const own = (starts_at: string, status: string, doctor = 'amara') => ({ id: 'x', starts_at, status, doctor: { id: doctor } }) as Appointment

const eight = '2026-11-19T14:00:00Z'
const nine = '2026-11-19T15:00:00Z'

describe('the slots of a day', () => {
  it('shows one’s own hold and visit as one’s own', () => {
    const views = lookAt([slot(eight, 'held'), slot(nine, 'booked')], [own('2026-11-19T14:00:00.000Z', 'pending'), own(nine, 'booked')], 'amara', undefined)
    expect(views.map(({ look }) => look)).toEqual(['my-hold', 'my-visit'])
  })

  it('does not take another doctor’s or a cancelled appointment for it', () => {
    const views = lookAt([slot(eight, 'held'), slot(nine)], [own(eight, 'pending', 'tomas'), own(nine, 'cancelled')], 'amara', undefined)
    expect(views.map(({ look }) => look)).toEqual(['held', 'free'])
  })

  it('marks the choice, however its instant is written, and only while it is free', () => {
    expect(lookAt([slot(eight)], [], 'amara', '2026-11-19T08:00:00-06:00')[0]?.look).toBe('chosen')
    expect(lookAt([slot(eight, 'held')], [], 'amara', eight)[0]?.look).toBe('held')
  })

  it('divides the day by the reader’s clock', () => {
    const views = lookAt([slot(eight), slot('2026-11-19T18:00:00Z'), slot('2026-11-20T00:30:00Z')], [], 'amara', undefined)
    expect(partsOf(views, 'America/Chicago').map(({ part }) => part)).toEqual(['morning', 'afternoon', 'evening'])
    expect(partsOf(views, 'Europe/Berlin').map(({ part, views: found }) => `${part} ${found.length}`)).toEqual(['morning 1', 'afternoon 1', 'evening 1'])
    expect(partsOf(views.slice(0, 1), 'Asia/Kolkata').map(({ part }) => part)).toEqual(['evening'])
  })

  it('counts the chosen one as free', () => {
    expect(countFree(lookAt([slot(eight), slot(nine), slot(nine, 'booked')], [], 'amara', eight))).toBe(2)
  })
})
