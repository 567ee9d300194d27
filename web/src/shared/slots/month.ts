/** What the month calendar shows, from the server's slots. */
import type { Slot } from '@/shared/api/types'
import { addDays, dayOf, groupByDay, monthOf, type Day, type Month, type Zone } from '@/shared/time'

export type DayState = 'free' | 'full' | 'closed' | 'past' | 'beyond'

export interface DayView {
  day: Day
  state: DayState
  free: number
  /** Between 0 and 1: how much of the day is free. */
  share: number
}

export interface Reach {
  today: Day
  /** The last day that may be booked, as far as one can know before looking. */
  last: Day
}

export function reachOf(at: number, zone: Zone, horizonDays: number): Reach {
  const today = dayOf(at, zone)
  return { today, last: addDays(today, horizonDays + 1) }
}

/** The slots of each of the reader's days. */
export function slotsByDay(slots: readonly Slot[], zone: Zone): Map<Day, Slot[]> {
  return groupByDay(slots, (slot) => slot.starts_at, zone)
}

export function viewOf(day: Day, slots: readonly Slot[] | undefined, { today, last }: Reach): DayView {
  const free = slots?.filter(({ status }) => status === 'free').length ?? 0
  const share = slots?.length ? free / slots.length : 0
  if (day < today) return { day, state: 'past', free: 0, share: 0 }
  if (free > 0) return { day, state: 'free', free, share }
  if (slots?.length) return { day, state: 'full', free, share }
  return { day, state: day > last ? 'beyond' : 'closed', free, share }
}

/** The first day with a free slot, from the day given. */
export function firstFreeDay(days: ReadonlyMap<Day, readonly Slot[]>, from: Day): Day | null {
  for (const [day, slots] of days) if (day >= from && slots.some(({ status }) => status === 'free')) return day
  return null
}

/** Which months the arrows may go to. */
export function monthLimits({ today, last }: Reach): { first: Month; last: Month } {
  return { first: monthOf(today), last: monthOf(last) }
}

