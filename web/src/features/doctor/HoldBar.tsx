import { useLocation } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { isKind } from '@/shared/api/problem'
import type { Appointment, DoctorDetail, Slot } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { useAttendee } from '@/shared/people/attendee'
import { ChoiceBar, ChoiceHint, ChosenTime, Wide } from '@/shared/slots/ChoiceBar'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, minutesBetween, placeOf, type Zone } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { lazyPart } from '@/shared/ui/lazyPart'
import { Note } from '@/shared/ui/Note'
import { KeptBar } from './KeptBar'
import styles from './doctor.module.css'
import { useHold } from './hold'

const text = words.doctor

// Whoever only looks is asked nothing.
const Asked = lazyPart(async () => (await import('./Asked')).Asked)

interface Props {
  doctor: DoctorDetail
  chosen: Slot | null
  /** A time with this doctor that is kept for the reader already. Holding another lets it go. */
  kept: Appointment | null
  zone: Zone
  twoZones: boolean
  /** The dependant whom the visit is for; undefined for the reader. */
  whom: string | undefined
  onWhom: (dependant: string | undefined) => void
  onRefused: (error: unknown, startsAt: string) => void
}

/** What is chosen, in both zones, for whom, and the one button that keeps it. */
export function HoldBar({ doctor, chosen, kept, zone, twoZones, whom, onWhom, onRefused }: Props) {
  const [reason, setReason] = useState<string | null>(null)
  const { me } = usePerson()
  const attendee = useAttendee(whom)
  const hold = useHold(doctor.id, onRefused)
  if (!chosen) return kept ? <KeptBar kept={kept} zone={zone} /> : <ChoiceHint>{text.chooseTime}</ChoiceHint>
  const refused = hold.isError && !isKind(hold.error, 'slot-taken', 'slot-not-offered')
  const above = (
    <>
      {refused && (
        <Note tone="red" role="alert">
          {explain(hold.error, { time: clockText(chosen.starts_at, zone) })}
        </Note>
      )}
      {kept && <p className="small soft">{text.replaces(clockText(kept.starts_at, zone))}</p>}
      {me?.role === 'patient' && (
        <Suspense fallback={<div className={styles.asked} />}>
          <Asked whom={whom} onWhom={onWhom} reason={reason} onReason={setReason} />
        </Suspense>
      )}
    </>
  )
  return (
    <ChoiceBar
      above={me?.role === 'patient' || kept || refused ? above : undefined}
      title={<ChosenTime at={chosen.starts_at} zone={zone} />}
      detail={
        <>
          {attendee.id && attendee.known && `${words.people.who.visitFor(attendee.name)}. `}
          {twoZones && (
            <>
              <Clock at={chosen.starts_at} zone={doctor.time_zone} /> in {placeOf(doctor.time_zone)}
              <Wide>. </Wide>
            </>
          )}
          {twoZones ? <Wide>{lengthOf(chosen)}</Wide> : lengthOf(chosen)}
        </>
      }
    >
      <HoldButton
        busy={hold.isPending || hold.isSuccess || !attendee.known}
        onHold={() => hold.mutate({ startsAt: chosen.starts_at, reason: (reason ?? '').trim(), dependant: attendee.id })}
      />
    </ChoiceBar>
  )
}

function lengthOf(slot: Slot): string {
  return text.visit(minutesBetween(slot.starts_at, slot.ends_at))
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
          <Wide spoken> {text.thisTime}</Wide>
        </span>
      </ButtonLink>
    )
  return (
    <Button size="large" busy={busy} onClick={onHold}>
      {busy ? text.holding : text.hold}
    </Button>
  )
}
