import { useEffect, useState, type CSSProperties } from 'react'
import { words } from '@/shared/text'
import { drawing } from './drawing'
import styles from './Skeleton.module.css'

/** A grey bar of the final size. */
export function Bar({ width, height = 18, round }: { width?: CSSProperties['width']; height?: number; round?: CSSProperties['borderRadius'] }) {
  return <span className={styles.bar} style={{ width, height, borderRadius: round }} aria-hidden="true" />
}

/** What a page is headed by while all of it is on its way. */
export function Coming() {
  return <h1 className="sr">{words.common.loading}</h1>
}

/** True once something has been waited for longer than an eye notices: short waits show nothing at all. */
export function useSlow(waiting: boolean, after = 300): boolean {
  const [slow, setSlow] = useState(drawing)
  useEffect(() => {
    if (!waiting) return undefined
    const timer = setTimeout(() => setSlow(true), after)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [waiting, after])
  return waiting && slow
}
