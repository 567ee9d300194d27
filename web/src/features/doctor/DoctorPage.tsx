import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import { isKind } from '@/shared/api/problem'
import { doctorQuery } from '@/shared/api/public'
import type { DoctorDetail } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { drawing } from '@/shared/ui/drawing'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { WaitPrompt } from '@/shared/waiting/WaitPrompt'
import { BookingCard } from './BookingCard'
import { DoctorHeader } from './DoctorHeader'
import { Feedback } from './Feedback'
import { Introduction } from './Introduction'
import styles from './doctor.module.css'

const route = getRouteApi('/_patient/doctors/$doctorId')
const text = words.doctor

export function DoctorPage() {
  const { doctorId } = route.useParams()
  const doctor = useQuery(doctorQuery(doctorId))
  const slow = useSlow(doctor.isPending)
  usePageTitle(doctor.data ? `${doctor.data.name}, ${fieldName(doctor.data.specialization)}` : '')
  return (
    <div className="page">
      <Link to="/doctors" className={styles.back}>
        <IconChevronLeft size={20} aria-hidden="true" />
        {text.back}
      </Link>
      {isKind(doctor.error, 'not-found', 'validation') ? (
        <NotListed />
      ) : (
        doctor.error && !doctor.data && <Failure whole error={doctor.error} onRetry={() => void doctor.refetch()} />
      )}
      {slow && (
        <>
          <Coming />
          <div className="stack" aria-hidden="true">
            <Bar width="min(420px, 80%)" height={92} round={18} />
            <Bar width="100%" height={520} round={18} />
          </div>
        </>
      )}
      {doctor.data && drawing && <Introduction name={doctor.data.name} />}
      {doctor.data && !drawing && (
        <>
          <DoctorHeader doctor={doctor.data} />
          <BookingCard doctor={doctor.data} key={doctor.data.id} />
          <Wait doctor={doctor.data} />
          <div className={styles.below}>
            <section>
              <h2>{text.about}</h2>
              <p className={styles.about}>{doctor.data.about || <span className="muted">{text.aboutEmpty}</span>}</p>
              {doctor.data.qualifications && <p className="muted small">{doctor.data.qualifications}</p>}
            </section>
            <Feedback doctorId={doctorId} />
          </div>
        </>
      )}
    </div>
  )
}

/** For whom none of the times suits. */
function Wait({ doctor: { id, name } }: { doctor: DoctorDetail }) {
  const { waiting } = words
  const { me } = usePerson()
  if (me && me.role !== 'patient') return null
  return (
    <div className={styles.wait}>
      <span className="soft">{waiting.askLead}</span>
      <WaitPrompt
        target={{ what: waiting.joining.doctor(name), wish: { doctor_id: id } }}
        same={(wait) => wait.doctor_id === id && wait.appointment_id === null}
        ask={waiting.ask}
        waiting={waiting.waitingHere}
      />
    </div>
  )
}

function NotListed() {
  return (
    <div className="stack">
      <h1>{text.notListed.title}</h1>
      <p className="soft">{text.notListed.text}</p>
      <p>
        <ButtonLink to="/doctors">{words.common.nav.find}</ButtonLink>
      </p>
    </div>
  )
}
