import { addDays, isDay, startOfDay, type Day, type Zone } from '@/shared/time'

/**
 * The instants between which a time may lie: whole days of the reader's, the last one included, from now on at the earliest
 * and, for an earlier time of a visit, until the visit. Null where nothing lies between.
 */
export function windowOf(first: Day, last: Day, zone: Zone, now: number, before?: string): { from: string; until: string } | null {
  if (!isDay(first) || !isDay(last)) return null
  const from = Math.max(startOfDay(first, zone).getTime(), now)
  const end = startOfDay(addDays(last, 1), zone).getTime()
  const until = before === undefined ? end : Math.min(end, Date.parse(before))
  return from < until ? { from: new Date(from).toISOString(), until: new Date(until).toISOString() } : null
}
