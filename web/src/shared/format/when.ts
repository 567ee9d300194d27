import { clockText, dayLong, dayOf, dayShort, type Moment, type Zone } from '@/shared/time'

/** “Thu 19 Nov, 2:20 pm”, for the middle of a sentence. */
export function whenShort(at: Moment, zone: Zone): string {
  return `${dayShort(dayOf(at, zone))}, ${clockText(at, zone)}`
}

/** “Thursday 19 November, 2:20 pm”. */
export function whenLong(at: Moment, zone: Zone): string {
  return `${dayLong(dayOf(at, zone))}, ${clockText(at, zone)}`
}
