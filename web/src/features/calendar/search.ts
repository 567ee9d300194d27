import { isDay, type Day } from '@/shared/time'

export type View = 'week' | 'month' | 'list'

export interface CalendarSearch {
  view?: View
  day?: Day
}

const VIEWS: readonly unknown[] = ['week', 'month', 'list']

/** What the calendar shows stands in its address, so that Back and a reload show it again. */
export function parseCalendar(raw: Record<string, unknown>): CalendarSearch {
  return {
    ...(VIEWS.includes(raw.view) && raw.view !== 'week' ? { view: raw.view as View } : {}),
    ...(isDay(raw.day) ? { day: raw.day } : {}),
  }
}
