import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { appointmentsQuery } from '@/shared/api/mine'
import { slotsQuery } from '@/shared/api/public'
import type { Appointment, DoctorDetail } from '@/shared/api/types'
import { usePerson, useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { addDays, dayOf, firstDay, minutesAhead, monthOf, startOfDay, useNow } from '@/shared/time'
import { Failure } from '@/shared/ui/Failure'
import { Calendar } from './Calendar'
import { DayPanel } from './DayPanel'
import { HoldBar } from './HoldBar'
import { TwoZones } from './TwoZones'
import { lookAt, sameInstant } from './dayparts'
import styles from './doctor.module.css'
import { firstFreeDay, rangeOf, reachOf, slotsByDay } from './month'
import type { DoctorSearch } from './search'

const route = getRouteApi('/_patient/doctors/$doctorId')
const NONE: Appointment[] = []

function useOwnAppointments(): Appointment[] {
  const { me } = usePerson()
  const { data } = useInfiniteQuery({ ...appointmentsQuery('upcoming'), enabled: me?.role === 'patient' })
  return useMemo(() => data?.pages.flatMap((page) => page.items) ?? NONE, [data])
}

/** Day, slot and hold in one card. What is chosen stands in the address; what is free is what the server said last. */
export function BookingCard({ doctor }: { doctor: DoctorDetail }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const zone = useZone()
  const at = useNow()
  const own = useOwnAppointments()
  const [refusal, setRefusal] = useState<{ error: unknown; at: string } | null>(null)
  const reach = reachOf(at, zone, doctor.horizon_days)
  const fallback = doctor.next_free_at ? dayOf(doctor.next_free_at, zone) : reach.today
  const month = search.month ?? monthOf(search.day ?? (search.at ? dayOf(search.at, zone) : fallback))
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
  const change = (next: DoctorSearch) => {
    setRefusal(null)
    void navigate({ search: next, replace: true, resetScroll: false })
  }
  const lost = search.at && !chosen && views.some(({ slot, look }) => sameInstant(slot.starts_at, search.at ?? '') && (look === 'held' || look === 'booked'))
  return (
    <section className={`card ${styles.book ?? ''}`} aria-label={words.doctor.section}>
      <div className={styles.calendarSide}>
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
          onChoose={(startsAt) => change({ day: day ?? undefined, at: startsAt })}
          onDay={(next) => change({ day: next })}
          onMonth={(next) => change({ month: next })}
        />
      </div>
      <HoldBar
        doctor={doctor}
        chosen={chosen}
        kept={own.find(({ status, doctor: { id } }) => status === 'pending' && id === doctor.id) ?? null}
        zone={zone}
        twoZones={twoZones}
        onRefused={(error, startsAt) => {
          change({ day: day ?? undefined })
          setRefusal({ error, at: startsAt })
        }}
      />
    </section>
  )
}
