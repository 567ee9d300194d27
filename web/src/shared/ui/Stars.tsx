import { formatRating } from '@/shared/format/money'
import { words } from '@/shared/text'
import styles from './Stars.module.css'

export function Star() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z" />
    </svg>
  )
}

interface Rating {
  average?: number | null
  count: number
}

/** A doctor's rating; one without any says so. */
export function RatingText({ rating }: { rating: Rating }) {
  if (!rating.count || rating.average == null) return <span className="muted">{words.common.noRatings}</span>
  const average = formatRating(rating.average)
  return (
    <span className={styles.stars}>
      <span className="sr">{words.common.ratingSpoken(average, rating.count)}</span>
      <Star />
      <b className="strong" aria-hidden="true">
        {average}
      </b>
      <span className="muted" aria-hidden="true">
        ({rating.count})
      </span>
    </span>
  )
}

/** The stars of one review. */
export function Stars({ count }: { count: number }) {
  return (
    <span className={styles.stars} role="img" aria-label={words.common.starsSpoken(count)}>
      {Array.from({ length: 5 }, (_, index) => (
        <span key={index} className={index < count ? undefined : styles.empty}>
          <Star />
        </span>
      ))}
    </span>
  )
}
