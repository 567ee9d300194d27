/** A day of a doctor as spans of minutes on their wall clock: open, away, and what is booked. */
import type { Appointment, Hours, TimeOff } from '@/shared/api/types'
import { dayOf, wallClock, weekdayOf, type Day, type Zone } from '@/shared/time'

export interface Span {
  from: number
  to: number
}

export interface Block extends Span {
  visit: Appointment
}

export interface DayPlan {
  day: Day
  open: Span[]
  away: Span[]
  blocks: Block[]
}

export const DAY_END = 24 * 60
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
const GONE = new Set<Appointment['status']>(['cancelled', 'entered-in-error'])

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

/** When the doctor is open on a day: what differs counts before what is usual. */
export function openOn(day: Day, hours: Hours): Span[] {
  const weekday = WEEKDAYS[weekdayOf(day)]
  const spans = hours.overrides.find(({ date }) => date === day)?.spans ?? hours.weekly.filter((each) => each.weekday === weekday)
  return spans.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })).sort((a, b) => a.from - b.from)
}

/** The part of a time that lies on a day, on the wall clock of the zone; null where none does. */
export function partOn(day: Day, time: { starts_at: string; ends_at: string }, zone: Zone): Span | null {
  const reads = (at: string) => {
    const { hour, minute } = wallClock(at, zone)
    return hour * 60 + minute
  }
  const first = dayOf(time.starts_at, zone)
  const last = dayOf(time.ends_at, zone)
  if (day < first || day > last) return null
  const from = day === first ? reads(time.starts_at) : 0
  const to = day === last ? reads(time.ends_at) : DAY_END
  return to > from ? { from, to } : null
}

export function planOf(day: Day, zone: Zone, about: { hours: Hours; timeOff: readonly TimeOff[]; visits: readonly Appointment[] }): DayPlan {
  return {
    day,
    open: openOn(day, about.hours),
    away: about.timeOff.flatMap((each) => partOn(day, each, zone) ?? []),
    blocks: about.visits
      .filter(({ status }) => !GONE.has(status))
      .flatMap((visit) => {
        const part = partOn(day, visit, zone)
        return part ? [{ ...part, visit }] : []
      })
      .sort((a, b) => a.from - b.from),
  }
}

/** The whole hours that the days are drawn in: all that is open or booked, and never a sliver. */
export function reachOf(days: readonly DayPlan[]): Span {
  const spans = days.flatMap(({ open, blocks }) => [...open, ...blocks])
  if (spans.length === 0) return { from: 8 * 60, to: 18 * 60 }
  const from = Math.max(0, Math.floor(Math.min(...spans.map((span) => span.from)) / 60) * 60 - 60)
  const to = Math.min(DAY_END, Math.ceil(Math.max(...spans.map((span) => span.to)) / 60) * 60 + 60)
  return { from, to: Math.min(DAY_END, Math.max(to, from + 480)) }
}

/** Holds are somebody's try to book, not visits. */
export function visitsOf({ blocks }: DayPlan): number {
  return blocks.filter(({ visit }) => visit.status !== 'pending').length
}
