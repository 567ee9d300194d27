import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { isKind } from '@/shared/api/problem'
import type { Appointment } from '@/shared/api/types'
import { movingQuery, moveVisit, refreshVisits, showVisit } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort, type Zone } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { Failure } from '@/shared/ui/Failure'
import { FreeTimes } from '@/shared/ui/FreeTimes'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import { Bar } from '@/shared/ui/Skeleton'
import { Whom } from './Whom'

const text = words.visit.moving

/** Another time for the same visit. The server says first whether that is possible at all. */
export function MoveDialog({ visit, zone, onClose }: { visit: Appointment; zone: Zone; onClose: () => void }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  const allowed = useQuery(movingQuery(visit.id))
  const move = useMutation({
    ...repeatable,
    mutationFn: (starts_at: string) => moveVisit(visit.id, { starts_at, expected_version: visit.version }, keyFor(`${starts_at} ${visit.version}`)),
    onSuccess: (moved) => {
      settled()
      showVisit(queries, moved)
      onClose()
      void notify(text.done)
    },
    onError: (error) => {
      if (isKind(error, 'offline')) return
      settled()
      setChosen(null)
      void allowed.refetch()
    },
    onSettled: () => refreshVisits(queries),
  })
  const { data } = allowed
  return (
    <Ask
      opened
      onClose={onClose}
      title={text.title}
      keep={text.keep}
      go={chosen ? text.go(dayShort(dayOf(chosen, zone)), clockText(chosen, zone)) : text.choose}
      unready={!data?.allowed || chosen === null}
      busy={move.isPending}
      error={move.error}
      onGo={() => chosen && move.mutate(chosen)}
    >
      <Whom visit={visit} zone={zone} />
      {allowed.isPending && <Bar width="100%" height={150} round={12} />}
      {allowed.error && !data && <Failure error={allowed.error} onRetry={() => void allowed.refetch()} />}
      {data?.why_not && <Note tone="amber">{text.whyNot[data.why_not]}</Note>}
      {data?.allowed && (
        <>
          <p className="soft">{text.free}</p>
          <FreeTimes
            doctorId={visit.doctor.id}
            zone={zone}
            otherZone={visit.patient.time_zone}
            chosen={chosen ? [chosen] : []}
            onToggle={(start) => setChosen(start === chosen ? null : start)}
          />
        </>
      )}
    </Ask>
  )
}
