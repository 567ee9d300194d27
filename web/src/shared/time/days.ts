/** Calendar days as `2026-11-19`, without a time or a zone. Arithmetic runs on UTC's calendar, which has no gaps. */
import { wallClock, type Moment, type Zone } from './zones'

export type Day = string
export type Month = string

const pad = (number: number, width = 2) => String(number).padStart(width, '0')

function utcOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** The day that a wall calendar shows in the zone at that instant. */
export function dayOf(at: Moment, zone: Zone): Day {
  const { year, month, day } = wallClock(at, zone)
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`
}

export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utcOf(text).getTime()) && utcOf(text).toISOString().startsWith(text)
}

export function addDays(day: Day, count: number): Day {
  const date = utcOf(day)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((utcOf(to).getTime() - utcOf(from).getTime()) / 86_400_000)
}

/** 0 is Monday. */
export function weekdayOf(day: Day): number {
  return (utcOf(day).getUTCDay() + 6) % 7
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7)
}

export function firstDay(month: Month): Day {
  return `${month}-01`
}

export function addMonths(month: Month, count: number): Month {
  const date = utcOf(firstDay(month))
  date.setUTCMonth(date.getUTCMonth() + count)
  return date.toISOString().slice(0, 7)
}

/** The weeks of a month, Monday first; null where a week reaches into another month. */
export function monthGrid(month: Month): (Day | null)[][] {
  const first = firstDay(month)
  const length = daysBetween(first, firstDay(addMonths(month, 1)))
  const cells: (Day | null)[] = Array.from({ length: weekdayOf(first) }, () => null)
  for (let index = 0; index < length; index += 1) cells.push(addDays(first, index))
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** The Monday of the week that holds the day. */
export function weekStart(day: Day): Day {
  return addDays(day, -weekdayOf(day))
}

/** Groups things by their day in a zone, days ascending, each day's things in the order given. */
export function groupByDay<Thing>(things: readonly Thing[], at: (thing: Thing) => Moment, zone: Zone): Map<Day, Thing[]> {
  const groups = new Map<Day, Thing[]>()
  for (const thing of things) {
    const day = dayOf(at(thing), zone)
    const group = groups.get(day)
    if (group) group.push(thing)
    else groups.set(day, [thing])
  }
  return new Map([...groups].sort(([a], [b]) => a.localeCompare(b)))
}

export function isMonth(text: unknown): text is Month {
  return typeof text === 'string' && isDay(`${text}-01`)
}
