import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { IconLock } from '@tabler/icons-react'
import { useEffect } from 'react'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { cancelAppointment, openCheckout } from '@/shared/api/mine'
import type { Appointment, Clinic } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, dayOf, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { CountdownRing, SpokenCountdown, useCountdown } from '@/shared/ui/Countdown'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import styles from './booking.module.css'

const text = words.booking

interface Props {
  appointment: Appointment
  zone: Zone
  clinic: Clinic | undefined
  onChanged: () => void
}

/** Opens the provider's page, which may be left and come back to. */
function usePay(id: string, onChanged: () => void) {
  const pay = useMutation({
    ...repeatable,
    mutationFn: () => openCheckout(id),
    onSuccess: ({ url }) => location.assign(url),
    onError: onChanged,
  })
  const { reset } = pay
  useEffect(() => {
    // Back from the payment page may bring this page as it was left: with the button still busy.
    const back = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      reset()
      onChanged()
    }
    addEventListener('pageshow', back)
    return () => removeEventListener('pageshow', back)
  })
  return pay
}

function useLetGo(appointment: Appointment, zone: Zone, onChanged: () => void) {
  const navigate = useNavigate()
  const { keyFor } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: () => cancelAppointment(appointment.id, { reason: '' }, keyFor(appointment.id)),
    onSuccess: async () => {
      void notify(text.letGoDone)
      await navigate({
        to: '/doctors/$doctorId',
        params: { doctorId: appointment.doctor.id },
        search: { day: dayOf(appointment.starts_at, zone) },
      })
      onChanged()
    },
    onError: onChanged,
  })
}

export function PayPanel({ appointment, zone, clinic, onChanged }: Props) {
  const until = appointment.checkout_expires_at ?? appointment.hold_expires_at ?? appointment.pay_by
  const left = useCountdown(until, clinic?.hold_minutes ?? 10, onChanged)
  const pay = usePay(appointment.id, onChanged)
  const letGo = useLetGo(appointment, zone, onChanged)
  const held = appointment.status === 'pending'
  const total = formatMoney(appointment.quote.total)
  const free = appointment.quote.total.amount === 0
  const failed: Error | null = pay.error ?? letGo.error
  const button = (size: 'medium' | 'large') => (
    <Button size={size} full={size === 'large'} icon={free ? undefined : <IconLock size={20} aria-hidden="true" />} busy={pay.isPending || pay.isSuccess} onClick={() => pay.mutate()}>
      {pay.isPending || pay.isSuccess ? text.opening : free ? text.book : text.pay(total)}
    </Button>
  )
  return (
    <>
      <section className={`card pad stack ${styles.pay ?? ''}`}>
        {held && until && left && (
          <div className="only-large">
            <CountdownRing left={left}>
              <strong>
                {text.keeping} <Clock at={until} zone={zone} />
              </strong>
              <span className="small">{text.nobodyElse}</span>
            </CountdownRing>
          </div>
        )}
        {held && until && <SpokenCountdown until={until} />}
        {failed && (
          <Note tone="red" role="alert">
            {explain(failed, { time: clockText(appointment.starts_at, zone), holdMinutes: clinic?.hold_minutes })}
          </Note>
        )}
        <div className="only-large">{button('large')}</div>
        {!free && <p className="small muted center">{text.paySafe}</p>}
        {!free && clinic?.simulated.includes('payments') && <p className="small muted center">{text.paySimulated}</p>}
        {held && (
          <>
            <hr className="rule only-large" />
            <Button look="quiet" full busy={letGo.isPending} onClick={() => letGo.mutate()}>
              {text.letGo}
            </Button>
          </>
        )}
      </section>
      <section className={`only-small ${styles.paybar ?? ''}`} aria-label={text.steps.pay}>
        {held && until && left && (
          <div className="grow inline-ap">
            <b>{text.left(left.text)}</b>
            <span>
              {text.keptUntil} <Clock at={until} zone={zone} />
            </span>
          </div>
        )}
        {button('medium')}
      </section>
    </>
  )
}
