import { isDay, isMonth, type Day, type Month } from '@/shared/time'

export interface DoctorSearch {
  /** The month on show, the chosen day and the chosen slot's start: the whole step of a booking stands in the address. */
  month?: Month
  day?: Day
  at?: string
}

export function parseDoctorSearch(raw: Record<string, unknown>): DoctorSearch {
  const search: DoctorSearch = {}
  if (isMonth(raw.month)) search.month = raw.month
  if (isDay(raw.day)) search.day = raw.day
  if (typeof raw.at === 'string' && !Number.isNaN(Date.parse(raw.at))) search.at = raw.at
  return search
}
