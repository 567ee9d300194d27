import { useMutation } from '@tanstack/react-query'
import { IconLock } from '@tabler/icons-react'
import { useEffect } from 'react'
import { repeatable } from '@/shared/api/intent'
import { openCheckout } from '@/shared/api/mine'
import type { Appointment, Clinic } from '@/shared/api/types'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { clockText, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { CountdownRing, SpokenCountdown, useCountdown } from '@/shared/ui/Countdown'
import { LetGo } from '@/shared/ui/LetGo'
import { Note } from '@/shared/ui/Note'
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

export function PayPanel({ appointment, zone, clinic, onChanged }: Props) {
  const until = appointment.checkout_closes_at
  const left = useCountdown(until, clinic?.hold_minutes ?? 10, onChanged)
  useCountdown(appointment.hold_expires_at, 0, onChanged)
  const pay = usePay(appointment.id, onChanged)
  const held = appointment.status === 'pending'
  const total = formatMoney(appointment.quote.total)
  const free = appointment.quote.total.amount === 0
  const closed = left?.over ?? false
  const button = (size: 'medium' | 'large') => (
    <Button size={size} full={size === 'large'} icon={free ? undefined : <IconLock size={20} aria-hidden="true" />} aria-disabled={closed} busy={pay.isPending || pay.isSuccess} onClick={() => !closed && pay.mutate()}>
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
        {held && closed && (
          <Note tone="amber" role="status">
            {text.closed}
          </Note>
        )}
        {pay.error && (
          <Note tone="red" role="alert">
            {explain(pay.error, { time: clockText(appointment.starts_at, zone), holdMinutes: clinic?.hold_minutes })}
          </Note>
        )}
        <div className="only-large">{button('large')}</div>
        {!free && <p className="small muted center">{text.paySafe}</p>}
        {!free && clinic?.simulated.includes('payments') && <p className="small muted center">{text.paySimulated}</p>}
        {held && (
          <>
            <hr className="rule only-large" />
            <LetGo appointment={appointment} zone={zone} leave full />
          </>
        )}
      </section>
      <section className={`only-small ${styles.paybar ?? ''}`} aria-label={text.steps.pay} data-bottom-bar>
        {held && until && left && (
          <div className="grow inline-ap">
            <b>{text.left(left.text)}</b>
            <span>
              {text.payBy} <Clock at={until} zone={zone} />
            </span>
          </div>
        )}
        {button('medium')}
      </section>
    </>
  )
}
