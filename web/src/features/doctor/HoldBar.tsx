import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery, holdSlot } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { Appointment, DoctorDetail, Slot } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayLong, dayOf, dayShort, minutesBetween, placeOf, type Zone } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { LetGo } from '@/shared/ui/LetGo'
import { Note } from '@/shared/ui/Note'
import styles from './doctor.module.css'

const text = words.doctor

interface Props {
  doctor: DoctorDetail
  chosen: Slot | null
  /** A time with this doctor that is kept for the reader already. Holding another lets it go. */
  kept: Appointment | null
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
export function HoldBar({ doctor, chosen, kept, zone, twoZones, onRefused }: Props) {
  const [reason, setReason] = useState<string | null>(null)
  const hold = useHold({ doctor, onRefused })
  if (!chosen) return kept ? <KeptBar kept={kept} zone={zone} /> : <p className={styles.chooseHint}>{text.chooseTime}</p>
  const shown = hold.isError && !isKind(hold.error, 'slot-taken', 'slot-not-offered')
  return (
    <div className={styles.go}>
      {shown && (
        <Note tone="red" role="alert">
          {explain(hold.error, { time: clockText(chosen.starts_at, zone) })}
        </Note>
      )}
      {kept && <p className="small soft">{text.replaces(clockText(kept.starts_at, zone))}</p>}
      {reason === null ? (
        <Button look="quiet" size="small" className={styles.addNote} onClick={() => setReason('')}>
          {text.addReason}
        </Button>
      ) : (
        <Textarea
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
      <div className={styles.goBar} data-bottom-bar>
        <div className={`grow inline-ap ${styles.goText ?? ''}`}>
          <b className="strong">
            <span className={styles.wide}>{dayLong(dayOf(chosen.starts_at, zone))}</span>
            <span className={styles.short}>{dayShort(dayOf(chosen.starts_at, zone))}</span>, <Clock at={chosen.starts_at} zone={zone} />{' '}
            <span className={styles.wide}>{words.common.zoneTime(placeOf(zone))}</span>
          </b>
          <span>
            {twoZones && (
              <>
                <Clock at={chosen.starts_at} zone={doctor.time_zone} /> in {placeOf(doctor.time_zone)}
                <span className={styles.wide}>. </span>
              </>
            )}
            <span className={twoZones ? styles.wide : undefined}>{text.visit(minutesBetween(chosen.starts_at, chosen.ends_at))}</span>
          </span>
        </div>
        <HoldButton busy={hold.isPending || hold.isSuccess} onHold={() => hold.mutate({ startsAt: chosen.starts_at, reason: (reason ?? '').trim() })} />
      </div>
    </div>
  )
}

/** What is kept already, on the page where it was chosen. */
function KeptBar({ kept, zone }: { kept: Appointment; zone: Zone }) {
  return (
    <div className={`${styles.go ?? ''} ${styles.kept ?? ''}`}>
      <div className={styles.goBar} data-bottom-bar>
        <div className={`grow inline-ap ${styles.goText ?? ''}`}>
          <b className="strong">
            {dayShort(dayOf(kept.starts_at, zone))}, <Clock at={kept.starts_at} zone={zone} />
          </b>
          <span>
            {text.yourHold}
            {kept.checkout_closes_at && (
              <>
                , {words.booking.payBy} <Clock at={kept.checkout_closes_at} zone={zone} />
              </>
            )}
          </span>
        </div>
        <LetGo appointment={kept} zone={zone} />
        <ButtonLink to="/appointments/$appointmentId/pay" params={{ appointmentId: kept.id }}>
          {text.goOn}
        </ButtonLink>
      </div>
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
        <span>
          {text.signInToHold}
          <span className={styles.wideOrSpoken}> {text.thisTime}</span>
        </span>
      </ButtonLink>
    )
  return (
    <Button size="large" busy={busy} onClick={onHold}>
      {busy ? text.holding : text.hold}
    </Button>
  )
}
