/** The present, as the server sees it: a telephone whose clock is wrong must not shorten a hold. */
import { useSyncExternalStore } from 'react'

let skew = 0

/** Learns from an answer's `Date` header. It has whole seconds, so a difference under two is no difference. */
export function noteServerDate(header: string | null, clientNow: number = Date.now()): void {
  const server = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(server)) return
  const difference = server - clientNow
  skew = Math.abs(difference) < 2_000 ? 0 : difference
}

export function now(): number {
  return Date.now() + skew
}

function ticker(every: number) {
  let current = now()
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    current = now()
    for (const listener of listeners) listener()
  }
  return {
    read: () => current,
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) {
        current = now()
        timer = setInterval(tick, every)
        document.addEventListener('visibilitychange', tick)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        document.removeEventListener('visibilitychange', tick)
      }
    },
  }
}

const seconds = ticker(1_000)
const minutes = ticker(10_000)

/** Renders again every second. */
export function useNowBySecond(): number {
  return useSyncExternalStore(seconds.subscribe, seconds.read)
}

/** Renders again often enough for “in 18 minutes”. */
export function useNow(): number {
  return useSyncExternalStore(minutes.subscribe, minutes.read)
}
