/** Time off: from days and times of day on the doctor's clock to instants, and back to words. */
import type { TimeOff } from '@/shared/api/types'
import { words } from '@/shared/text'
import { addDays, clockText, dayOf, dayShort, instantOf, startOfDay, type Day, type Zone } from '@/shared/time'
import { minutesOf } from './week'

export interface AwayForm {
  first: Day
  last: Day
  wholeDays: boolean
  from: string
  until: string
}

/** Null while something is missing or the end is not after the start. */
export function spanOf(form: AwayForm, zone: Zone): { starts_at: string; ends_at: string } | null {
  const { first, last, wholeDays } = form
  if (!first || !last) return null
  const from = minutesOf(form.from)
  const until = minutesOf(form.until)
  if (!wholeDays && (from === null || until === null)) return null
  const starts = wholeDays ? startOfDay(first, zone) : instantOf(first, from ?? 0, zone, 'first')
  const ends = wholeDays ? startOfDay(addDays(last, 1), zone) : instantOf(last, until === 0 ? 1_440 : (until ?? 0), zone, 'last')
  return starts < ends ? { starts_at: starts.toISOString(), ends_at: ends.toISOString() } : null
}

/** “Mon 14 Dec to Fri 18 Dec”; with times where it is not whole days. */
export function describeSpan({ starts_at, ends_at }: Pick<TimeOff, 'starts_at' | 'ends_at'>, zone: Zone): string {
  const { range } = words.hours.timeOff
  const first = dayOf(starts_at, zone)
  const lastInstant = Date.parse(ends_at) - 1
  const last = dayOf(lastInstant, zone)
  const whole = startOfDay(first, zone).getTime() === Date.parse(starts_at) && startOfDay(addDays(last, 1), zone).getTime() === Date.parse(ends_at)
  if (whole) return first === last ? dayShort(first) : range(dayShort(first), dayShort(last))
  const until = first === last ? clockText(ends_at, zone) : `${dayShort(dayOf(ends_at, zone))}, ${clockText(ends_at, zone)}`
  return range(`${dayShort(first)}, ${clockText(starts_at, zone)}`, until)
}
