import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery, holdSlot } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { DoctorDetail, Slot } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayLong, dayOf, minutesBetween, placeOf, type Zone } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Note } from '@/shared/ui/Note'
import styles from './doctor.module.css'

const text = words.doctor

interface Props {
  doctor: DoctorDetail
  chosen: Slot | null
  zone: Zone
  twoZones: boolean
  onRefused: (error: unknown, startsAt: string) => void
}

function useHold({ doctor, onRefused }: Pick<Props, 'doctor' | 'onRefused'>) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: ({ startsAt, reason }: { startsAt: string; reason: string }) =>
      holdSlot({ doctor_id: doctor.id, starts_at: startsAt, ...(reason && { reason }) }, keyFor(`${startsAt} ${reason}`)),
    onSuccess: async (held) => {
      settled()
      queries.setQueryData(appointmentQuery(held.id).queryKey, held)
      void queries.invalidateQueries({ queryKey: [MINE, 'appointments'] })
      await navigate({ to: '/appointments/$appointmentId/pay', params: { appointmentId: held.id } })
    },
    onError: (error, { startsAt }) => {
      if (!isKind(error, 'offline')) settled()
      if (!isKind(error, 'slot-taken', 'slot-not-offered')) return
      onRefused(error, startsAt)
      void queries.invalidateQueries({ queryKey: ['slots', doctor.id] })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['slots', doctor.id] }),
  })
}

/** What is chosen, in both zones, and the one button that keeps it. */
export function HoldBar({ doctor, chosen, zone, twoZones, onRefused }: Props) {
  const [reason, setReason] = useState<string | null>(null)
  const hold = useHold({ doctor, onRefused })
  if (!chosen) return <p className={styles.chooseHint}>{text.chooseTime}</p>
  const shown = hold.isError && !isKind(hold.error, 'slot-taken', 'slot-not-offered')
  return (
    <div className={styles.go}>
      {shown && (
        <Note tone="red" role="alert" className={styles.goNote}>
          {explain(hold.error, { time: clockText(chosen.starts_at, zone) })}
        </Note>
      )}
      <div className={`grow inline-ap ${styles.goText ?? ''}`}>
        <b className="strong">
          {dayLong(dayOf(chosen.starts_at, zone))}, <Clock at={chosen.starts_at} zone={zone} /> {words.common.zoneTime(placeOf(zone))}
        </b>
        <span>
          {twoZones && (
            <>
              <Clock at={chosen.starts_at} zone={doctor.time_zone} /> in {placeOf(doctor.time_zone)}.{' '}
            </>
          )}
          {text.visit(minutesBetween(chosen.starts_at, chosen.ends_at))}
        </span>
        {reason === null && (
          <Button look="quiet" size="small" className={styles.addNote} onClick={() => setReason('')}>
            {text.addReason}
          </Button>
        )}
      </div>
      {reason !== null && (
        <Textarea
          className={styles.goReason}
          label={text.reasonLabel}
          description={text.reasonHint}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <HoldButton busy={hold.isPending || hold.isSuccess} onHold={() => hold.mutate({ startsAt: chosen.starts_at, reason: (reason ?? '').trim() })} />
    </div>
  )
}

function HoldButton({ busy, onHold }: { busy: boolean; onHold: () => void }) {
  const { me, state } = usePerson()
  const { href } = useLocation()
  if (me && me.role !== 'patient') return <p className="small soft">{text.patientsOnly}</p>
  if (!me && state === 'signed-out')
    return (
      <ButtonLink size="large" to="/sign-in" search={{ return_to: href }}>
        {text.signInToHold}
      </ButtonLink>
    )
  return (
    <Button size="large" busy={busy} onClick={onHold}>
      {busy ? text.holding : text.hold}
    </Button>
  )
}
