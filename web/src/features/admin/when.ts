import { words } from '@/shared/text'
import { clockText, dayFull, dayOf, dayShort, now, type Zone } from '@/shared/time'

/** “Thu 19 Nov, 2:20 pm”; with the year where it is not this one. */
export function whenText(at: string, zone: Zone): string {
  const day = dayOf(at, zone)
  const said = day.slice(0, 4) === dayOf(now(), zone).slice(0, 4) ? dayShort(day) : dayFull(day)
  return words.admin.when(said, clockText(at, zone))
}
