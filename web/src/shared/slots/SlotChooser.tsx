import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { slotsQuery } from '@/shared/api/public'
import type { Appointment, DoctorDetail, Slot } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { addDays, dayOf, firstDay, minutesAhead, monthOf, startOfDay, useNow } from '@/shared/time'
import { Failure } from '@/shared/ui/Failure'
import { Calendar } from './Calendar'
import styles from './chooser.module.css'
import { DayPanel } from './DayPanel'
import { lookAt, sameInstant } from './dayparts'
import { FirstFree } from './FirstFree'
import { firstFreeDay, reachOf, slotsByDay } from './month'
import { monthShown, rangeOf } from './range'
import type { SlotSearch } from './search'
import { TwoZones } from './TwoZones'

export interface Choice {
  chosen: Slot | null
  twoZones: boolean
  /** The server did not give this time: the day is shown again as it is now, and says why. */
  refuse: (error: unknown, startsAt: string) => void
}

interface Props {
  doctor: DoctorDetail
  /** What the address says. */
  search: SlotSearch
  onSearch: (next: SlotSearch) => void
  own: readonly Appointment[]
  /** The sentence for a time that could not be had. */
  explainRefused?: (error: unknown, time: string) => string
  /** What can be done with the choice. */
  bar: (choice: Choice) => ReactNode
}

/** Day and slot in one card. What is chosen stands in the address; what is free is what the server said last. */
export function SlotChooser({ doctor, search, onSearch, own, explainRefused, bar }: Props) {
  const zone = useZone()
  const at = useNow()
  const [refusal, setRefusal] = useState<{ error: unknown; at: string } | null>(null)
  const reach = reachOf(at, zone, doctor.horizon_days)
  const month = monthShown(search, doctor.next_free_at, zone, at)
  const range = rangeOf(month)
  const slots = useQuery(slotsQuery(doctor.id, range.from, range.to))
  const days = useMemo(() => (slots.data ? slotsByDay(slots.data.slots, zone) : undefined), [slots.data, zone])
  const wanted = search.day ?? (search.at ? dayOf(search.at, zone) : null)
  const from = firstDay(month) > reach.today ? firstDay(month) : reach.today
  const free = days && firstFreeDay(days, from)
  const day = wanted && monthOf(wanted) === month ? wanted : free && monthOf(free) === month ? free : null
  const views = lookAt((day ? days?.get(day) : undefined) ?? [], own, doctor.id, search.at)
  const chosen = views.find(({ look }) => look === 'chosen')?.slot ?? null
  const twoZones = minutesAhead(day ? startOfDay(addDays(day, 1), zone) : at, zone, doctor.time_zone) !== 0
  const change = (next: SlotSearch) => {
    setRefusal(null)
    onSearch(next)
  }
  const lost = search.at && !chosen && views.some(({ slot, look }) => sameInstant(slot.starts_at, search.at ?? '') && (look === 'held' || look === 'booked'))
  return (
    <section className={`card ${styles.book ?? ''}`} aria-label={words.doctor.section}>
      <div className={styles.calendarSide}>
        <FirstFree at={doctor.next_free_at} zone={zone} chosen={chosen} onChoose={(startsAt) => change({ day: dayOf(startsAt, zone), at: startsAt })} />
        <Calendar
          month={month}
          chosen={day}
          reach={reach}
          days={days}
          onMonth={(next) => change({ month: next })}
          onDay={(next) => change({ day: next })}
        />
        {twoZones && <TwoZones doctor={doctor} zone={zone} at={chosen?.starts_at ?? at} />}
      </div>
      <div className={styles.slotSide}>
        {slots.error && <Failure error={slots.error} title={words.doctor.slotsFailed} onRetry={() => void slots.refetch()} />}
        <DayPanel
          month={month}
          day={day}
          views={views}
          zone={zone}
          doctor={doctor}
          twoZones={twoZones}
          reach={reach}
          loading={slots.isPending}
          nextFree={(days && day && firstFreeDay(days, addDays(day, 1))) ?? null}
          refused={refusal ?? (lost && search.at ? { error: null, at: search.at } : null)}
          explainRefused={explainRefused}
          onChoose={(startsAt) => change({ day: day ?? undefined, at: startsAt })}
          onDay={(next) => change({ day: next })}
          onMonth={(next) => change({ month: next })}
        />
      </div>
      {bar({
        chosen,
        twoZones,
        refuse: (error, startsAt) => {
          change({ day: day ?? undefined })
          setRefusal({ error, at: startsAt })
        },
      })}
    </section>
  )
}
