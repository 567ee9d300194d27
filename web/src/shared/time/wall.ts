/** From a wall clock to instants: the one place where a day and a time of day become a moment. */
import type { Day } from './days'
import { offsetMinutes, type Zone } from './zones'

const DAY = 86_400_000

/**
 * The instant at which the zone's clock reads the time on the day. A reading that comes twice gives the `first` or the
 * `last` of the two; one that the clock skips gives the end of the gap. `minutes` 1440 is the midnight that ends the day.
 */
export function instantOf(day: Day, minutes: number, zone: Zone, reading: 'first' | 'last' = 'first'): Date {
  const reads = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
  const before = reads - offsetMinutes(reads - DAY, zone) * 60_000
  const after = reads - offsetMinutes(reads + DAY, zone) * 60_000
  const fits = [before, after].filter((at) => at + offsetMinutes(at, zone) * 60_000 === reads)
  if (fits.length > 0) return new Date(reading === 'first' ? Math.min(...fits) : Math.max(...fits))
  return new Date(change(Math.min(before, after), Math.max(before, after), zone))
}

/** The instant between two at which the zone's offset changes. */
function change(from: number, to: number, zone: Zone): number {
  const offset = offsetMinutes(from, zone)
  let before = from
  let after = to
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetMinutes(middle, zone) === offset) before = middle
    else after = middle
  }
  return after
}

/** The first instant of a day; where the clock skips midnight, the first after the gap. */
export function startOfDay(day: Day, zone: Zone): Date {
  return instantOf(day, 0, zone)
}
