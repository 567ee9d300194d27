import { useQuery } from '@tanstack/react-query'
import { clinicQuery } from '@/shared/api/public'
import { words } from '@/shared/text'
import styles from './landing.module.css'

const text = words.landing

export function HowItWorks() {
  const clinic = useQuery(clinicQuery).data
  return (
    <section className={styles.how}>
      <h2>{text.how}</h2>
      <ol>
        {text.howSteps(clinic?.hold_minutes ?? null).map((step) => (
          <li key={step.title}>
            <b>{step.title}</b>
            <p>{step.text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
