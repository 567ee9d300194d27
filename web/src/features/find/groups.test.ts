import { describe, expect, it } from 'vitest'
import type { DoctorCard } from '@/shared/api/types'
import { groupByFreeDay } from './groups'

const at = Date.parse('2026-11-17T19:52:00Z')
const free = (id: string, next_free_at: string | null) => ({ id, next_free_at }) as DoctorCard

describe('doctors by the day they are free', () => {
  it('follows the reader’s calendar', () => {
    const doctors = [free('a', '2026-11-17T20:10:00Z'), free('b', '2026-11-18T04:00:00Z'), free('c', '2026-11-18T14:20:00Z'), free('d', null)]
    const titles = (zone: string) => groupByFreeDay(doctors, at, zone).map(({ title, doctors: found }) => `${title}: ${found.map(({ id }) => id).join()}`)
    expect(titles('America/Chicago')).toEqual(['Free today: a,b', 'Free tomorrow: c', 'No free time at the moment: d'])
    expect(titles('Europe/Berlin')).toEqual(['Free today: a', 'Free tomorrow: b,c', 'No free time at the moment: d'])
    expect(titles('Asia/Kolkata')).toEqual(['Free today: a,b,c', 'No free time at the moment: d'])
  })

  it('says a later day by its name', () => {
    expect(groupByFreeDay([free('a', '2026-11-27T14:00:00Z')], at, 'America/Chicago')[0]?.title).toBe('Free on Friday 27 November')
  })
})
