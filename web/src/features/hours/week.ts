/** The hours form and what it would give: for drawing only, the server decides what is offered. */
import type { Hours } from '@/shared/api/types'
import type { Day } from '@/shared/time'

export type Weekday = Hours['weekly'][number]['weekday']

export const WEEKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** Times as a time field has them, `09:00`; the midnight that ends a day is `00:00` here and `24:00` at the server. */
export interface Span {
  from: string
  to: string
}

export interface Override {
  date: Day
  spans: Span[]
}

export interface HoursForm {
  time_zone: string
  slot_minutes: number
  gap_minutes: number
  minimum_notice_minutes: number
  horizon_days: number
  week: Record<Weekday, Span[]>
  overrides: Override[]
}

const DAY_MINUTES = 24 * 60

export function minutesOf(time: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(time)
  return match ? Number(match[1]) * 60 + Number(match[2]) : null
}

function interval({ from, to }: Span): { start: number; end: number } | null {
  const start = minutesOf(from)
  const end = minutesOf(to)
  return start === null || end === null ? null : { start, end: end === 0 ? DAY_MINUTES : end }
}

const shown = (time: string) => (time === '24:00' ? '00:00' : time)
const sent = (time: string) => (time === '00:00' ? '24:00' : time)

export function formOf(hours: Hours): HoursForm {
  const { weekly, overrides, ...rules } = hours
  const week = Object.fromEntries(
    WEEKDAYS.map((day) => [day, weekly.filter(({ weekday }) => weekday === day).map(({ from, to }) => ({ from, to: shown(to) }))]),
  ) as Record<Weekday, Span[]>
  const dates = overrides.map(({ date, spans }) => ({ date, spans: spans.map(({ from, to }) => ({ from, to: shown(to) })) }))
  return { ...rules, week, overrides: dates.sort((a, b) => a.date.localeCompare(b.date)) }
}

export function hoursOf({ week, overrides, ...rules }: HoursForm): Hours {
  const weekly = WEEKDAYS.flatMap((weekday) => week[weekday].map(({ from, to }) => ({ weekday, from, to: sent(to) })))
  return { ...rules, weekly, overrides: overrides.map(({ date, spans }) => ({ date, spans: spans.map(({ from, to }) => ({ from, to: sent(to) })) })) }
}

export type SpanError = 'missing' | 'order' | 'overlap' | 'tooShort'

/** What is wrong with each span of a day, in their order. */
export function errorsOf(spans: readonly Span[], slotMinutes: number): (SpanError | null)[] {
  const intervals = spans.map(interval)
  return intervals.map((one, index) => {
    if (!one) return 'missing'
    if (one.end <= one.start) return 'order'
    const others = intervals.filter((other, place) => other && place !== index)
    if (others.some((other) => other && other.start < one.end && one.start < other.end)) return 'overlap'
    return one.end - one.start < slotMinutes ? 'tooShort' : null
  })
}

/** The starts of a usual day's visits, in minutes from midnight. */
export function startsOf(spans: readonly Span[], slotMinutes: number, gapMinutes: number): number[] {
  return spans
    .map(interval)
    .filter((one) => one !== null)
    .flatMap(({ start, end }) => {
      const starts: number[] = []
      for (let at = start; at + slotMinutes <= end; at += slotMinutes + gapMinutes) starts.push(at)
      return starts
    })
    .sort((a, b) => a - b)
}

export interface PreviewDay {
  weekday: Weekday
  starts: { at: number; isNew: boolean }[]
}

export function previewOf(form: HoursForm, saved: HoursForm): PreviewDay[] {
  return WEEKDAYS.map((weekday) => {
    const before = new Set(startsOf(saved.week[weekday], saved.slot_minutes, saved.gap_minutes))
    const starts = startsOf(form.week[weekday], form.slot_minutes, form.gap_minutes)
    return { weekday, starts: starts.map((at) => ({ at, isNew: !before.has(at) })) }
  })
}

export function countWeek(form: HoursForm): number {
  return WEEKDAYS.reduce((sum, day) => sum + startsOf(form.week[day], form.slot_minutes, form.gap_minutes).length, 0)
}

export const USUAL: Span = { from: '09:00', to: '17:00' }
const BREAK = 60
const STRETCH = 180

/** `24:00` is `00:00`, as a time field has it. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** A further span for a day: after its last one, or else where most of the day is left; null where nothing is. */
export function nextSpan(spans: readonly Span[]): Span | null {
  const taken = spans.map(interval).filter((one) => one !== null && one.start < one.end) as { start: number; end: number }[]
  if (taken.length === 0) return USUAL
  taken.sort((a, b) => a.start - b.start)
  const last = Math.max(...taken.map(({ end }) => end))
  if (last + 2 * BREAK <= DAY_MINUTES) return { from: clockOf(last + BREAK), to: clockOf(Math.min(last + BREAK + STRETCH, DAY_MINUTES)) }
  const gaps = taken.map(({ start }) => ({ start: Math.max(0, ...taken.filter((one) => one.start < start).map(({ end }) => end)), end: start }))
  const [longest] = [...gaps, { start: last, end: DAY_MINUTES }].sort((a, b) => b.end - b.start - (a.end - a.start))
  if (!longest || longest.end <= longest.start) return null
  const { start, end } = longest
  const roomy = end - start >= STRETCH + BREAK
  return roomy ? { from: clockOf(end - BREAK - STRETCH), to: clockOf(end - BREAK) } : { from: clockOf(start), to: clockOf(end) }
}

export function sameForm(a: HoursForm, b: HoursForm): boolean {
  return JSON.stringify(hoursOf(a)) === JSON.stringify(hoursOf(b))
}

/** Whether there is something to send; what can be kept the server decides, and names what cannot. */
export function isFilled(form: HoursForm): boolean {
  return WEEKDAYS.every((day) => !errorsOf(form.week[day], form.slot_minutes).includes('missing'))
}
