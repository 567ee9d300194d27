import type { DoctorCard } from '@/shared/api/types'
import { words } from '@/shared/text'
import { addDays, dayLong, dayOf, placeOf, type Zone } from '@/shared/time'

export interface DoctorGroup {
  title: string
  note: string
  doctors: DoctorCard[]
}

/** Soonest first: under the day on which each is free next. The order is the server's and stays as it is. */
export function groupByFreeDay(doctors: readonly DoctorCard[], at: number, zone: Zone): DoctorGroup[] {
  const today = dayOf(at, zone)
  const groups: (DoctorGroup & { day: string })[] = []
  for (const doctor of doctors) {
    const day = doctor.next_free_at ? dayOf(doctor.next_free_at, zone) : ''
    const last = groups.at(-1)
    if (last?.day === day) last.doctors.push(doctor)
    else groups.push({ day, ...heading(day, today, zone), doctors: [doctor] })
  }
  return groups
}

function heading(day: string, today: string, zone: Zone): { title: string; note: string } {
  const { freeToday, freeTomorrow, freeOn, noneFree } = words.find
  if (day === '') return { title: noneFree, note: '' }
  if (day === today) return { title: freeToday, note: `${dayLong(day)}, ${words.common.zoneTime(placeOf(zone))}` }
  if (day === addDays(today, 1)) return { title: freeTomorrow, note: dayLong(day) }
  return { title: freeOn(dayLong(day)), note: '' }
}
