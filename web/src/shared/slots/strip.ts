/** Where the slots of a day lie on a strip from its first hour to its last. */
import type { Slot } from '@/shared/api/types'
import { hourText, wallClock, type Zone } from '@/shared/time'

const HOUR = 3_600_000

export interface Strip {
  /** Both in percent of the strip's width. */
  place: (slot: Slot) => { left: number; width: number }
  marks: { at: number; left: number }[]
}

export function stripOf(slots: readonly Slot[]): Strip | null {
  const [first] = slots
  const last = slots.at(-1)
  if (!first || !last) return null
  const from = Math.floor(Date.parse(first.starts_at) / HOUR) * HOUR
  const to = Math.max(Math.ceil(Date.parse(last.ends_at) / HOUR) * HOUR, from + HOUR)
  const percent = (at: number) => ((at - from) / (to - from)) * 100
  const hours = (to - from) / HOUR
  const step = hours <= 4 ? 1 : hours <= 10 ? 2 : hours <= 16 ? 3 : 6
  const marks = []
  for (let at = from; at < to; at += step * HOUR) marks.push({ at, left: percent(at) })
  return {
    marks,
    place: (slot) => {
      const left = percent(Date.parse(slot.starts_at))
      return { left, width: percent(Date.parse(slot.ends_at)) - left }
    },
  }
}

/** “2 pm”; “2:30 pm” in the zones that are half an hour off. */
export function hourMark(at: number, zone: Zone): string {
  const { hour, minute } = wallClock(at, zone)
  return hourText(hour * 60 + minute)
}
