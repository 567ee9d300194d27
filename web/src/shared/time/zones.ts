/** What a clock on a wall shows somewhere. The IANA zone data comes from the browser; nothing here adds hours by hand. */
import { words } from '@/shared/text'
import { locale } from '@/shared/text/language'

export type Zone = string
export type Moment = string | number | Date

export interface WallClock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

const formats = new Map<Zone, Intl.DateTimeFormat>()

function formatFor(zone: Zone): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

export function instant(at: Moment): Date {
  return at instanceof Date ? at : new Date(at)
}

export function wallClock(at: Moment, zone: Zone): WallClock {
  const found: Record<string, number> = {}
  for (const { type, value } of formatFor(zone).formatToParts(instant(at))) found[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found
  return { year, month, day, hour, minute, second }
}

/** How many minutes the zone's clock is ahead of UTC at that instant. */
export function offsetMinutes(at: Moment, zone: Zone): number {
  const date = instant(at)
  const clock = wallClock(date, zone)
  const asUtc = Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second)
  return Math.round((asUtc - Math.floor(date.getTime() / 1000) * 1000) / 60_000)
}

/** How many minutes `there` is ahead of `here` at that instant; 0 means that both read the same. */
export function minutesAhead(at: Moment, here: Zone, there: Zone): number {
  return offsetMinutes(at, there) - offsetMinutes(at, here)
}

export function isZone(zone: string | null | undefined): zone is Zone {
  if (!zone) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export function browserZone(): Zone {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return isZone(timeZone) ? timeZone : 'UTC'
}

/** A part of a zone's name in the reader's language: “Wien” for Vienna. */
function named(part: string): string {
  const english = part.replaceAll('_', ' ')
  return words.places.names[english] ?? english
}

/** The place that people know a zone by: “New York” for America/New_York. */
export function placeOf(zone: Zone): string {
  return named(zone.split('/').at(-1) ?? zone)
}

/** The zones that this browser knows and the one in use, by place, for a list to choose from: “New York (America)”. */
export function zoneChoices(inUse: Zone): { value: Zone; label: string }[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', inUse])
  return [...zones]
    .map((value) => {
      const region = value.split('/').slice(0, -1).map(named).join(', ')
      return { value, label: region ? `${placeOf(value)} (${region})` : placeOf(value) }
    })
    .sort((a, b) => a.label.localeCompare(b.label, locale.dates))
}
