import { isDay, isMonth, type Day, type Month } from '@/shared/time/days'

/** The month on show, the chosen day and the chosen slot's start: the whole step of a choice stands in the address. */
export interface SlotSearch {
  month?: Month
  day?: Day
  at?: string
}

export function parseSlotSearch(raw: Record<string, unknown>): SlotSearch {
  const search: SlotSearch = {}
  if (isMonth(raw.month)) search.month = raw.month
  if (isDay(raw.day)) search.day = raw.day
  if (typeof raw.at === 'string' && !Number.isNaN(Date.parse(raw.at))) search.at = raw.at
  return search
}
