/** Instants and days as people read them. */
import type { Day, Month } from './days'
import { firstDay } from './days'
import { instant, wallClock, type Moment, type Zone } from './zones'

/** Dates as “Thursday 19 November”, clock times as “2:20 pm”. */
const DATES = 'en-GB'

const NBSP = '\u00a0'

const cache = new Map<string, Intl.DateTimeFormat>()

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  let found = cache.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(DATES, { ...options, timeZone: 'UTC' })
    cache.set(key, found)
  }
  return found
}

function day(value: Day, options: Intl.DateTimeFormatOptions): string {
  return formatter(options).format(new Date(`${value}T00:00:00Z`)).replaceAll(',', '')
}

export interface ClockText {
  digits: string
  period: 'am' | 'pm'
}

export function clockOfMinutes(minutes: number): ClockText {
  const hour = Math.floor(minutes / 60) % 24
  const minute = minutes % 60
  return { digits: `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')}`, period: hour < 12 ? 'am' : 'pm' }
}

export function clock(at: Moment, zone: Zone): ClockText {
  const { hour, minute } = wallClock(at, zone)
  return clockOfMinutes(hour * 60 + minute)
}

/** “2:20 pm”, which never breaks in two. */
export function clockText(at: Moment, zone: Zone): string {
  const { digits, period } = clock(at, zone)
  return `${digits}${NBSP}${period}`
}

export const dayLong = (value: Day) => day(value, { weekday: 'long', day: 'numeric', month: 'long' })
export const dayFull = (value: Day) => day(value, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
export const dayShort = (value: Day) => day(value, { weekday: 'short', day: 'numeric', month: 'short' })
export const dayPlain = (value: Day) => day(value, { day: 'numeric', month: 'long' })
export const weekdayShort = (value: Day) => day(value, { weekday: 'short' })
export const weekdayLong = (value: Day) => day(value, { weekday: 'long' })
export const monthShort = (value: Day) => day(value, { month: 'short' })
export const monthName = (value: Month) => day(firstDay(value), { month: 'long', year: 'numeric' })
export const dayNumber = (value: Day) => Number(value.slice(8))

const relative = new Intl.RelativeTimeFormat(DATES, { numeric: 'always' })

/** “in 18 minutes”, “in 2 hours”; beyond a day the date says more, so nothing. Rounded down: nobody comes late because of it. */
export function soon(at: Moment, now: Moment): string | null {
  const minutes = Math.floor((instant(at).getTime() - instant(now).getTime()) / 60_000)
  if (minutes < 0 || minutes >= 24 * 60) return null
  return minutes < 60 ? relative.format(minutes, 'minute') : relative.format(Math.floor(minutes / 60), 'hour')
}

/** Whole minutes from one instant to another. */
export function minutesBetween(from: Moment, to: Moment): number {
  return Math.round((instant(to).getTime() - instant(from).getTime()) / 60_000)
}

/** The instant some hours before another: elapsed time, so a clock change in between does not matter. */
export function hoursBefore(at: Moment, hours: number): Date {
  return new Date(instant(at).getTime() - hours * 3_600_000)
}
