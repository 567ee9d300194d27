/** A hold's remaining time: what the ring shows and what is spoken. */
import { instant, type Moment } from './zones'

export interface Remaining {
  /** Never below zero. */
  milliseconds: number
  over: boolean
  /** “8:14” */
  text: string
  /** 1 when everything is left, 0 when nothing is. */
  share: number
}

export function remaining(until: Moment, now: Moment, wholeMinutes: number): Remaining {
  const milliseconds = Math.max(0, instant(until).getTime() - instant(now).getTime())
  const seconds = Math.ceil(milliseconds / 1000)
  return {
    milliseconds,
    over: milliseconds === 0,
    text: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    share: wholeMinutes > 0 ? Math.min(1, milliseconds / (wholeMinutes * 60_000)) : 0,
  }
}

const SPOKEN_MINUTES = [5, 2, 1]

/** The minutes to speak when the clock went from one reading to the next; null when no mark was passed. A page opened late says only the nearest. */
export function minutesToSpeak(before: number, after: number): number | null {
  const passed = SPOKEN_MINUTES.filter((minutes) => before > minutes * 60_000 && after <= minutes * 60_000 && after > 0)
  return passed.at(-1) ?? null
}
