import { useState, useEffect } from 'react'
import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import styles from './appointments.module.css'

const text = words.booking.confirming
const LONG = 20_000

/** Between the payment page and the booking: the page asks on until the server has booked or refused. */
export function Confirming({ appointment, paid }: { appointment: Appointment; paid: boolean }) {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG)
    return () => clearTimeout(timer)
  }, [])
  return (
    <section className={`card ${styles.confirming ?? ''}`} role="status">
      <svg viewBox="0 0 68 68" aria-hidden="true" className={styles.turning}>
        <circle cx="34" cy="34" r="29" />
        <circle cx="34" cy="34" r="29" strokeDasharray="60 183" />
      </svg>
      <h1>{text.title}</h1>
      <p className="soft">{long ? text.slow : text.text}</p>
      {long && !paid && (
        <>
          <p className="soft">{text.notPaid}</p>
          <ButtonLink look="outline" to="/appointments/$appointmentId/pay" params={{ appointmentId: appointment.id }}>
            {text.back}
          </ButtonLink>
        </>
      )}
    </section>
  )
}
