import { useInfiniteQuery } from '@tanstack/react-query'
import { feedbackQuery } from '@/shared/api/public'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { dayOf, monthName, monthOf } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Stars } from '@/shared/ui/Stars'
import styles from './doctor.module.css'

const text = words.doctor

export function Feedback({ doctorId }: { doctorId: string }) {
  const zone = useZone()
  const feedback = useInfiniteQuery(feedbackQuery(doctorId))
  const items = feedback.data?.pages.flatMap((page) => page.items)
  return (
    <section className="stack">
      <h2>{text.feedback}</h2>
      {items?.length === 0 && <p className="muted">{text.feedbackEmpty}</p>}
      {feedback.error && <Failure error={feedback.error} onRetry={() => void feedback.refetch()} />}
      {items?.map((each) => (
        <blockquote key={`${each.given_at}${each.title}`} className={styles.quote}>
          {each.title && <b className="strong">{each.title}</b>}
          {each.review && <p className={styles.said}>“{each.review}”</p>}
          <footer>
            <Stars count={each.stars} /> {monthName(monthOf(dayOf(each.given_at, zone)))}
          </footer>
          {each.answer && (
            <div className={styles.answer}>
              <b className="strong">{text.answered}</b>
              <p>{each.answer}</p>
            </div>
          )}
        </blockquote>
      ))}
      {feedback.hasNextPage && (
        <div>
          <Button look="outline" size="small" busy={feedback.isFetchingNextPage} onClick={() => void feedback.fetchNextPage()}>
            {text.moreFeedback}
          </Button>
        </div>
      )}
    </section>
  )
}
