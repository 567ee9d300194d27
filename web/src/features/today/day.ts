/** A doctor's day as a list: visits, holds and times that are still free, in the order of the clock. */
import type { Appointment, Slot } from '@/shared/api/types'
import { dayOf, groupByDay, type Day, type Zone } from '@/shared/time'

export type Look = 'done' | 'missed' | 'past' | 'now' | 'next' | 'coming' | 'hold' | 'free'

export interface Row {
  key: string
  startsAt: string
  endsAt: string
  look: Look
  /** Absent for a free time. */
  visit: Appointment | null
}

const LIVE = new Set<Appointment['status']>(['pending', 'booked', 'arrived', 'fulfilled', 'noshow'])

/** What stands in the diary; cancelled visits do not. */
export function standing(appointments: readonly Appointment[]): Appointment[] {
  return appointments.filter(({ status }) => LIVE.has(status))
}

function lookOf({ status, starts_at, ends_at }: Appointment, at: number): Look {
  if (status === 'pending') return 'hold'
  if (status === 'fulfilled') return 'done'
  if (status === 'noshow') return 'missed'
  if (Date.parse(ends_at) <= at) return 'past'
  return Date.parse(starts_at) <= at ? 'now' : 'coming'
}

export function rowsOf(day: Day, zone: Zone, appointments: readonly Appointment[], slots: readonly Slot[], at: number): Row[] {
  const visits: Row[] = standing(appointments)
    .filter(({ starts_at }) => dayOf(starts_at, zone) === day)
    .map((visit) => ({ key: visit.id, startsAt: visit.starts_at, endsAt: visit.ends_at, look: lookOf(visit, at), visit }))
  const free: Row[] = slots
    .filter(({ status, starts_at }) => status === 'free' && dayOf(starts_at, zone) === day)
    .map(({ starts_at, ends_at }) => ({ key: starts_at, startsAt: starts_at, endsAt: ends_at, look: 'free', visit: null }))
  const rows = [...visits, ...free].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
  const next = rows.some(({ look }) => look === 'now') ? -1 : rows.findIndex(({ look }) => look === 'coming')
  return rows.map((row, index) => (index === next ? { ...row, look: 'next' } : row))
}

export interface Counts {
  visits: number
  done: number
  missed: number
  toGo: number
}

export function countsOf(rows: readonly Row[]): Counts {
  const count = (...looks: Look[]) => rows.filter(({ look }) => looks.includes(look)).length
  return { visits: count('done', 'missed', 'past', 'now', 'next', 'coming'), done: count('done', 'past'), missed: count('missed'), toGo: count('now', 'next', 'coming') }
}

/** The visits of the days after this one, by day. */
export function comingDays(today: Day, zone: Zone, appointments: readonly Appointment[]): Map<Day, Appointment[]> {
  const later = standing(appointments).filter(({ starts_at }) => dayOf(starts_at, zone) > today)
  return groupByDay(later, ({ starts_at }) => starts_at, zone)
}

/** Before which row the present stands; none while a visit is on, which says so itself. */
export function nowBefore(rows: readonly Row[], at: number): number | null {
  if (rows.some(({ look }) => look === 'now')) return null
  const later = rows.findIndex(({ startsAt }) => Date.parse(startsAt) > at)
  return later < 0 ? rows.length : later
}

export interface Change {
  kind: 'booked' | 'held' | 'called-off'
  visit: Appointment
}

/** What somebody else did to the day since it was last looked at. */
export function changesOf(before: readonly Appointment[], after: readonly Appointment[], day: Day, zone: Zone): Change[] {
  const known = new Map(before.map((visit) => [visit.id, visit.status]))
  const found: Change[] = []
  for (const visit of after.filter(({ starts_at }) => dayOf(starts_at, zone) === day)) {
    const was = known.get(visit.id)
    if (was === visit.status) continue
    if (visit.status === 'pending') found.push({ kind: 'held', visit })
    else if (visit.status === 'booked' && (was === undefined || was === 'pending')) found.push({ kind: 'booked', visit })
    else if (visit.status === 'cancelled' && was !== undefined && visit.cancelled?.by !== 'doctor') found.push({ kind: 'called-off', visit })
  }
  return found
}
