import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { IconChevronLeft } from '@tabler/icons-react'
import { adminDoctorQuery, doctorFeedbackQuery } from '@/shared/api/admin'
import type { AdminDoctor } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { fieldName, languageList } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Badge, type Tone } from '@/shared/ui/Badge'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { Decisions } from './Decisions'
import { Facts } from './Facts'
import { FeedbackItem } from './FeedbackItem'
import { Paged } from './Paged'
import { VisitsAhead } from './VisitsAhead'
import styles from './admin.module.css'
import { whenText } from './when'

const route = getRouteApi('/_staff/admin/doctors/$doctorId')
const text = words.admin.doctor

const tones: Record<AdminDoctor['status'], Tone> = { pending: 'amber', approved: 'green', suspended: 'red', rejected: 'grey' }

/** Everything about one doctor: what they told, what was decided, who is booked, and what patients said. */
export function DoctorPage() {
  const { doctorId } = route.useParams()
  const doctor = useQuery(adminDoctorQuery(doctorId))
  const zone = useZone()
  const slow = useSlow(doctor.isPending)
  usePageTitle(doctor.data?.name ?? '')
  return (
    <div className="stack">
      <Link to="/admin/doctors" className={styles.back}>
        <IconChevronLeft size={20} aria-hidden="true" />
        {text.back}
      </Link>
      {doctor.error && !doctor.data && <Failure whole error={doctor.error} onRetry={() => void doctor.refetch()} />}
      {slow && (
        <>
          <Coming />
          <Bar width="100%" height={420} round={18} />
        </>
      )}
      {doctor.data && (
        <>
          <Header doctor={doctor.data} />
          <VisitsAhead doctor={doctor.data} />
          <Said doctorId={doctorId} />
          <p className="muted small">{words.calendar.zone(placeOf(zone))}</p>
        </>
      )}
    </div>
  )
}

function Header({ doctor }: { doctor: AdminDoctor }) {
  const zone = useZone()
  const { facts } = text
  return (
    <>
      <div className={styles.person}>
        <Avatar name={doctor.name} photo={doctor.photo_url} size="large" />
        <div className="grow">
          <h1>{doctor.name}</h1>
          <p>
            <Badge tone={tones[doctor.status]}>{text.status[doctor.status]}</Badge>
          </p>
        </div>
        <div className={styles.actions}>
          <Decisions doctor={doctor} />
        </div>
      </div>
      {doctor.status_reason && <Note title={text.said}>{doctor.status_reason}</Note>}
      <section className="card pad">
        <Facts
          facts={[
            [facts.specialization, fieldName(doctor.specialization)],
            [facts.qualifications, doctor.qualifications || text.none],
            [facts.languages, languageList(doctor.languages) || text.none],
            [facts.fee, formatMoney(doctor.fee)],
            [facts.email, doctor.email],
            [facts.phone, doctor.phone],
            [facts.registered, whenText(doctor.registered_at, zone)],
            [facts.about, doctor.about || text.none],
          ]}
        />
        {doctor.status === 'approved' && (
          <p className={styles.after}>
            <Link to="/doctors/$doctorId" params={{ doctorId: doctor.id }}>
              {text.publicPage}
            </Link>
          </p>
        )}
      </section>
    </>
  )
}

function Said({ doctorId }: { doctorId: string }) {
  const feedback = useInfiniteQuery(doctorFeedbackQuery(doctorId))
  return (
    <section className="stack" aria-labelledby="feedback">
      <h2 id="feedback">{text.feedback}</h2>
      <Paged list={feedback} empty={text.feedbackNone}>
        {(items) => (
          <ul className={`card ${styles.list ?? ''}`}>
            {items.map((item) => (
              <FeedbackItem key={item.appointment_id} item={item} />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  )
}
