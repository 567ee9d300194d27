import { Link } from '@tanstack/react-router'
import { IconChevronRight, IconClock, IconUser } from '@tabler/icons-react'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import styles from './landing.module.css'

const text = words.landing

export function Doors() {
  const { me } = usePerson()
  const patient = me?.role === 'patient'
  const doctor = me?.role === 'doctor'
  return (
    <section className={styles.doors} aria-label={text.who}>
      <Link to={patient ? '/appointments' : '/sign-in'} className={styles.door}>
        <span className={styles.doorIcon}>
          <IconUser size={26} aria-hidden="true" />
        </span>
        <span>
          <b>{text.patient}</b>
          <span>{patient ? text.patientTextSignedIn : text.patientText}</span>
        </span>
        <IconChevronRight size={20} aria-hidden="true" />
      </Link>
      <Link to={doctor ? '/today' : '/sign-in/doctor'} className={styles.door} id="doctors">
        <span className={`${styles.doorIcon ?? ''} ${styles.doorSun ?? ''}`}>
          <IconClock size={26} aria-hidden="true" />
        </span>
        <span>
          <b>{text.doctor}</b>
          <span>{doctor ? text.doctorTextSignedIn : text.doctorText}</span>
        </span>
        <IconChevronRight size={20} aria-hidden="true" />
      </Link>
    </section>
  )
}
