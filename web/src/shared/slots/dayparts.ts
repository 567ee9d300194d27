import type { Appointment, Slot } from '@/shared/api/types'
import { wallClock, type Zone } from '@/shared/time'

export type Look = 'free' | 'chosen' | 'held' | 'booked' | 'my-hold' | 'my-visit'

export interface SlotView {
  slot: Slot
  look: Look
  /** The reader's own appointment at that time, if any. */
  mine: Appointment | null
}

type Own = Pick<Appointment, 'id' | 'status' | 'starts_at' | 'doctor'>

/** Lays the reader's own holds and visits, and the choice, over what the server says of everybody's. */
export function lookAt(slots: readonly Slot[], own: readonly Appointment[], doctorId: string, chosen: string | undefined): SlotView[] {
  return slots.map((slot) => {
    const mine = own.find((each) => isHere(each, doctorId, slot)) ?? null
    if (mine) return { slot, look: mine.status === 'pending' ? 'my-hold' : 'my-visit', mine }
    const isChosen = slot.status === 'free' && chosen !== undefined && sameInstant(slot.starts_at, chosen)
    return { slot, look: isChosen ? 'chosen' : slot.status, mine }
  })
}

function isHere(own: Own, doctorId: string, slot: Slot): boolean {
  const live = own.status === 'pending' || own.status === 'booked' || own.status === 'arrived'
  return live && own.doctor.id === doctorId && sameInstant(own.starts_at, slot.starts_at)
}

/** The same instant, however it is written. */
export function sameInstant(a: string, b: string): boolean {
  return Date.parse(a) === Date.parse(b)
}

export type Part = 'morning' | 'afternoon' | 'evening'

/** Morning to noon, afternoon to six, evening: by the reader's clock. Parts without slots are left out. */
export function partsOf(views: readonly SlotView[], zone: Zone): { part: Part; views: SlotView[] }[] {
  const hourOf = ({ slot }: SlotView) => wallClock(slot.starts_at, zone).hour
  const parts: { part: Part; views: SlotView[] }[] = [
    { part: 'morning', views: views.filter((view) => hourOf(view) < 12) },
    { part: 'afternoon', views: views.filter((view) => hourOf(view) >= 12 && hourOf(view) < 18) },
    { part: 'evening', views: views.filter((view) => hourOf(view) >= 18) },
  ]
  return parts.filter((each) => each.views.length > 0)
}

export function countFree(views: readonly SlotView[]): number {
  return views.filter(({ look }) => look === 'free' || look === 'chosen').length
}
