/** Which days the server is asked for. Apart from the rest, because it is asked before the rest is there. */
import { addDays, addMonths, dayOf, firstDay, monthOf, type Day, type Month } from '@/shared/time/days'
import type { Zone } from '@/shared/time/zones'
import type { SlotSearch } from './search'

/** The month to show: the one asked for, else that of the chosen time, else that of the doctor's next free one. */
export function monthShown({ month, day, at }: SlotSearch, next: string | null, zone: Zone, now: number): Month {
  return month ?? monthOf(day ?? dayOf(at ?? next ?? now, zone))
}

/** The doctor's dates that hold every slot of the reader's month: a day more on either side. The end is left out. */
export function rangeOf(month: Month): { from: Day; to: Day } {
  return { from: addDays(firstDay(month), -1), to: addDays(firstDay(addMonths(month, 1)), 1) }
}

