/** Instants and days as people read them. */
import { locale } from '@/shared/text/language'
import type { Day, Month } from './days'
import { firstDay } from './days'
import { instant, wallClock, type Moment, type Zone } from './zones'

const NBSP = '\u00a0'

const cache = new Map<string, Intl.DateTimeFormat>()

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  let found = cache.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale.dates, { ...options, timeZone: 'UTC' })
    cache.set(key, found)
  }
  return found
}

function day(value: Day, options: Intl.DateTimeFormatOptions): string {
  const text = formatter(options).format(new Date(`${value}T00:00:00Z`))
  return locale.comma ? text : text.replaceAll(',', '')
}

export interface ClockText {
  digits: string
  /** “am” or “pm”; empty on a clock of twenty-four hours. */
  period: string
}

/** A time of day, in minutes after midnight. */
export function clockOfMinutes(minutes: number): ClockText {
  const hour = Math.floor(minutes / 60) % 24
  const minute = String(minutes % 60).padStart(2, '0')
  if (!locale.twelveHours) return { digits: `${hour}:${minute}`, period: '' }
  return { digits: `${hour % 12 === 0 ? 12 : hour % 12}:${minute}`, period: hour < 12 ? 'am' : 'pm' }
}

export function clock(at: Moment, zone: Zone): ClockText {
  const { hour, minute } = wallClock(at, zone)
  return clockOfMinutes(hour * 60 + minute)
}

function said({ digits, period }: ClockText): string {
  return [digits, period || locale.oclock].filter(Boolean).join(NBSP)
}

/** “2:20 pm”, “14:20 Uhr”, which never breaks in two. */
export function clockText(at: Moment, zone: Zone): string {
  return said(clock(at, zone))
}

export function minutesText(minutes: number): string {
  return said(clockOfMinutes(minutes))
}

/** For the marks of a scale: “2 pm”, “14 Uhr”. */
export function hourText(minutes: number): string {
  const { digits, period } = clockOfMinutes(minutes)
  return said({ digits: digits.replace(':00', ''), period })
}

/** “22–24 November”, from the first day to the last. */
export function daysText(first: Day, last: Day): string {
  return formatter({ day: 'numeric', month: 'long' }).formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`))
}

export const dayLong = (value: Day) => day(value, { weekday: 'long', day: 'numeric', month: 'long' })
export const dayFull = (value: Day) => day(value, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
export const dayShort = (value: Day) => day(value, { weekday: 'short', day: 'numeric', month: 'short' })
/** “22 Nov 2026”, for lists. */
export const dayDate = (value: Day) => day(value, { day: 'numeric', month: 'short', year: 'numeric' })
export const dayPlain = (value: Day) => day(value, { day: 'numeric', month: 'long' })
export const weekdayShort = (value: Day) => day(value, { weekday: 'short' })
export const weekdayLong = (value: Day) => day(value, { weekday: 'long' })
export const monthShort = (value: Day) => day(value, { month: 'short' })
export const monthName = (value: Month) => day(firstDay(value), { month: 'long', year: 'numeric' })
export const dayNumber = (value: Day) => Number(value.slice(8))

const relative = new Intl.RelativeTimeFormat(locale.dates, { numeric: 'always' })

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
