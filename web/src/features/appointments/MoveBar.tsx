import { Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { MINE, appointmentQuery } from '@/shared/api/mine'
import { isKind } from '@/shared/api/problem'
import type { Appointment, Slot } from '@/shared/api/types'
import { moveVisit, movingQuery } from '@/shared/api/visits'
import { formatMoney } from '@/shared/format/money'
import { whenLong, whenShort } from '@/shared/format/when'
import { ChoiceBar, ChoiceHint, ChosenTime } from '@/shared/slots/ChoiceBar'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayLong, dayOf, placeOf, type Zone } from '@/shared/time'
import { BothZones } from '@/shared/ui/BothZones'
import { Button } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import { PolicyBar } from '@/shared/ui/PolicyBar'
import { refusedWords } from './moving'
import styles from './appointments.module.css'

const text = words.visits.moving

interface Props {
  appointment: Appointment
  movesLeft: number | null
  chosen: Slot | null
  zone: Zone
  twoZones: boolean
  onRefused: (error: unknown, startsAt: string) => void
}

function useMove({ appointment: { id, version, doctor }, zone, onRefused }: Props, close: () => void) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: (startsAt: string) => moveVisit(id, { starts_at: startsAt, expected_version: version }, keyFor(`${startsAt} ${version}`)),
    onSuccess: async (moved) => {
      settled()
      queries.setQueryData(appointmentQuery(id).queryKey, moved)
      void notify(text.done(dayLong(dayOf(moved.starts_at, zone)), clockText(moved.starts_at, zone)))
      await navigate({ to: '/appointments/$appointmentId', params: { appointmentId: id }, replace: true })
    },
    onError: (error, startsAt) => {
      if (isKind(error, 'offline')) return
      settled()
      if (!isKind(error, 'slot-taken', 'slot-not-offered', 'patient-busy')) {
        void queries.invalidateQueries({ queryKey: appointmentQuery(id).queryKey })
        void queries.invalidateQueries({ queryKey: movingQuery(id).queryKey })
        return
      }
      close()
      onRefused(error, startsAt)
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['slots', doctor.id] })
      void queries.invalidateQueries({ queryKey: [MINE, 'appointments'] })
    },
  })
}

/** The time that was chosen against the one that the visit has; nothing moves before what changes was shown. */
export function MoveBar(props: Props) {
  const { appointment, chosen, zone, twoZones } = props
  const [asking, { open, close }] = useDisclosure(false)
  const move = useMove(props, close)
  if (!chosen) return <ChoiceHint>{text.choose}</ChoiceHint>
  return (
    <ChoiceBar
      title={<ChosenTime at={chosen.starts_at} zone={zone} />}
      detail={
        twoZones ? (
          <>
            <Clock at={chosen.starts_at} zone={appointment.doctor.time_zone} /> in {placeOf(appointment.doctor.time_zone)}
          </>
        ) : (
          text.from(whenShort(appointment.starts_at, zone))
        )
      }
    >
      <Button size="large" onClick={open}>
        {text.review}
      </Button>
      <Modal opened={asking} onClose={close} title={text.question} size={580} closeButtonProps={{ 'aria-label': words.common.close }}>
        <div className="stack">
          <Change appointment={appointment} to={chosen.starts_at} movesLeft={props.movesLeft} zone={zone} />
          {move.error && (
            <Note tone="red" role="alert">
              {refusedWords(move.error, clockText(chosen.starts_at, zone), whenLong(appointment.starts_at, zone)) ?? explain(move.error)}
            </Note>
          )}
          <div className="dialog-actions">
            <Button look="outline" onClick={close} data-autofocus>
              {text.keep}
            </Button>
            <Button busy={move.isPending || move.isSuccess} onClick={() => move.mutate(chosen.starts_at)}>
              {text.confirm}
            </Button>
          </div>
        </div>
      </Modal>
    </ChoiceBar>
  )
}

/** From when to when in both zones, what it costs, what cancelling gives afterwards, and how often it can be done yet. */
function Change({ appointment, to, movesLeft, zone }: { appointment: Appointment; to: string; movesLeft: number | null; zone: Zone }) {
  const { doctor, quote, policy, starts_at: from } = appointment
  const free = quote.total.amount === 0
  return (
    <>
      <dl className={styles.change}>
        <dt>{text.new}</dt>
        <dd>
          <BothZones at={to} zone={zone} doctorZone={doctor.time_zone} />
        </dd>
        <dt>{text.now}</dt>
        <dd>
          <BothZones at={from} zone={zone} doctorZone={doctor.time_zone} />
        </dd>
      </dl>
      <p>{free ? text.nothingPaid : text.paid(formatMoney(quote.total))}</p>
      <p className="soft">
        {text.same} {movesLeft !== null && text.leftAfter(movesLeft - 1)}
      </p>
      {!free && (
        <div className="stack tight">
          <b className="strong">{text.policy}</b>
          <PolicyBar policy={policy} startsAt={to} zone={zone} />
        </div>
      )}
    </>
  )
}
