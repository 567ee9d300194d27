import { useEffect, useRef, useState, type ReactNode } from 'react'
import { words } from '@/shared/text'
import { minutesToSpeak, now, remaining, useNowBySecond, type Remaining } from '@/shared/time'
import styles from './Countdown.module.css'

/** What is left until an instant; `onOver` is called once when it has come. */
export function useCountdown(until: string | null | undefined, wholeMinutes: number, onOver: () => void): Remaining | null {
  const at = useNowBySecond()
  const left = until ? remaining(until, at, wholeMinutes) : null
  const over = left?.over ?? false
  const told = useRef<string | null>(null)
  useEffect(() => {
    if (!over || !until || told.current === until) return
    told.current = until
    onOver()
  }, [over, until, onOver])
  return left
}

const LENGTH = 2 * Math.PI * 29

export function CountdownRing({ left, children }: { left: Remaining; children: ReactNode }) {
  return (
    <div className={styles.count}>
      <div className={styles.ring} aria-hidden="true">
        <svg viewBox="0 0 68 68">
          <circle className={styles.track} cx="34" cy="34" r="29" />
          <circle className={styles.rest} cx="34" cy="34" r="29" strokeDasharray={`${LENGTH * left.share} ${LENGTH}`} />
        </svg>
        <b>{left.text}</b>
      </div>
      <div>{children}</div>
    </div>
  )
}

/** Speaks the time that is left at five, two and one minutes and is silent otherwise. */
export function SpokenCountdown({ until }: { until: string }) {
  const at = useNowBySecond()
  const before = useRef<number | null>(null)
  const [sentence, setSentence] = useState('')
  useEffect(() => {
    const left = Date.parse(until) - now()
    const minutes = before.current === null ? null : minutesToSpeak(before.current, left)
    before.current = left
    if (minutes !== null) setSentence(words.booking.spokenLeft(minutes))
  }, [at, until])
  return (
    <p className="sr" role="status">
      {sentence}
    </p>
  )
}
