import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconStar } from '@tabler/icons-react'
import { doctorQuery } from '@/shared/api/public'
import type { DoctorFeedback } from '@/shared/api/types'
import { ownFeedbackQuery } from '@/shared/api/doctorVisits'
import { usePerson, useZone } from '@/shared/auth'
import { formatRating } from '@/shared/format/money'
import { relationOf } from '@/shared/format/persons'
import { words } from '@/shared/text'
import { dayFull, dayLong, dayOf, type Zone } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { FeedbackSaid } from '@/shared/ui/FeedbackSaid'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Stars } from '@/shared/ui/Stars'
import { VisitLink } from '@/shared/ui/VisitLink'
import styles from './record.module.css'

const text = words.record.feedback

/** Everything that patients said, with what it comes to, and the doctor's answers. */
export function FeedbackPage() {
  usePageTitle(text.title)
  const { me } = usePerson()
  const zone = useZone()
  const feedback = useInfiniteQuery(ownFeedbackQuery)
  const doctor = useQuery({ ...doctorQuery(me?.id ?? ''), enabled: me?.status === 'approved' })
  const slow = useSlow(feedback.isPending)
  const items = feedback.data?.pages.flatMap((page) => page.items)
  const rating = doctor.data?.rating
  return (
    <>
      <div className={styles.head}>
        <h1>{text.title}</h1>
        <p className="muted">{text.lead}</p>
      </div>
      {feedback.error && !items && <Failure error={feedback.error} onRetry={() => void feedback.refetch()} />}
      {slow && <Bar width="100%" height={320} round={18} />}
      {rating?.average != null && (
        <p className={styles.average}>
          <b>{text.average(formatRating(rating.average))}</b>
          <span className={styles.stars}>
            <Stars count={Math.round(rating.average)} />
            <span className="muted">{text.count(rating.count)}</span>
          </span>
        </p>
      )}
      {items?.length === 0 && (
        <div className={`card ${styles.empty ?? ''}`}>
          <IconStar size={40} aria-hidden="true" />
          <h2>{text.empty}</h2>
          <p className="soft">{text.emptyText}</p>
        </div>
      )}
      <ol className="stack">
        {items?.map((each) => (
          <One key={each.appointment_id} given={each} zone={zone} />
        ))}
      </ol>
      {feedback.hasNextPage && (
        <div className={styles.more}>
          <Button look="outline" busy={feedback.isFetchingNextPage} onClick={() => void feedback.fetchNextPage()}>
            {words.record.more}
          </Button>
        </div>
      )}
    </>
  )
}

function One({ given, zone }: { given: DoctorFeedback; zone: Zone }) {
  const { patient, starts_at: start, feedback } = given
  const day = dayOf(start, zone)
  return (
    <li className="card pad stack">
      <div className={styles.whom}>
        <Avatar name={patient.name} size="small" />
        <div className="grow">
          <h2 className="break">{patient.name}</h2>
          <p className="muted small break">
            {relationOf(patient) && `${relationOf(patient) ?? ''} · `}
            {text.about(dayFull(day))}
          </p>
        </div>
        <VisitLink id={given.appointment_id} className={styles.details} aria-label={text.visitOf(patient.name, dayLong(day))}>
          {text.visit}
        </VisitLink>
      </div>
      <FeedbackSaid appointmentId={given.appointment_id} feedback={feedback} zone={zone} open={!feedback.answer} />
    </li>
  )
}
