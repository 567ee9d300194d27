import { TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { isKind } from '@/shared/api/problem'
import { clinicQuery } from '@/shared/api/public'
import type { Appointment } from '@/shared/api/types'
import { offerTimes, refreshVisits } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import { addDays, clockText, dayOf, dayShort, instantOf, isDay, now, type Zone } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { FreeTimes } from '@/shared/ui/FreeTimes'
import { notify } from '@/shared/ui/notify'
import styles from './visit.module.css'

const text = words.visit.followUp
const DAY_END = 24 * 60

/** A few times, kept for the patient until the end of a day. */
export function FollowUpDialog({ visit, zone, onClose }: { visit: Appointment; zone: Zone; onClose: () => void }) {
  const today = dayOf(now(), zone)
  const [chosen, setChosen] = useState<string[]>([])
  const [until, setUntil] = useState(addDays(today, 3))
  // Until the clinic has told, it is the server that refuses one too many.
  const most = useQuery(clinicQuery).data?.follow_up_times ?? Infinity
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  const sound = isDay(until) && until >= today
  const offer = useMutation({
    ...repeatable,
    mutationFn: (times: string[]) => {
      const end = instantOf(until, DAY_END, zone).toISOString()
      return offerTimes(visit.id, { times, until: end }, keyFor(`${times.join()} ${end}`))
    },
    onSuccess: ({ appointments }) => {
      settled()
      onClose()
      void notify(text.done(appointments.length))
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
    onSettled: () => refreshVisits(queries),
  })
  const toggle = (start: string) => {
    offer.reset()
    setChosen((before) => (before.includes(start) ? before.filter((each) => each !== start) : before.length < most ? [...before, start].sort() : before))
  }
  return (
    <Ask
      opened
      onClose={onClose}
      title={text.title}
      keep={text.keep}
      go={text.go(chosen.length)}
      unready={chosen.length === 0 || !sound}
      busy={offer.isPending}
      error={offer.error}
      onGo={() => offer.mutate(chosen)}
    >
      <p className="soft break">{text.lead(visit.patient.name)}</p>
      <FreeTimes doctorId={visit.doctor.id} zone={zone} otherZone={visit.patient.time_zone} chosen={chosen} onToggle={toggle} />
      <div role="status">
        {chosen.length > 0 && (
          <ul className={styles.chosen}>
            {chosen.map((start) => (
              <li key={start}>
                {dayShort(dayOf(start, zone))}, {clockText(start, zone)}
              </li>
            ))}
          </ul>
        )}
        {chosen.length >= most && <p className="small muted">{text.most(most)}</p>}
      </div>
      <TextInput
        type="date"
        label={text.until}
        description={text.untilHint}
        min={today}
        value={until}
        error={!sound && text.untilWrong}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </Ask>
  )
}
