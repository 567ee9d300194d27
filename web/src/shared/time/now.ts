/** The present, as the server sees it: a telephone whose clock is wrong must not shorten a hold. */
import { useSyncExternalStore } from 'react'

let skew = 0

/** Learns from an answer of the API. It was some time on its way, so a difference under a second is no difference. */
export function noteServerTime(headers: Headers, clientNow: number = Date.now()): void {
  const server = Date.parse(headers.get('Openhours-Time') ?? '')
  if (Number.isNaN(server)) return
  const difference = server - clientNow
  skew = Math.abs(difference) < 1_000 ? 0 : difference
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
  return useSyncExternalStore(seconds.subscribe, seconds.read, seconds.read)
}

/** Renders again often enough for “in 18 minutes”. */
export function useNow(): number {
  return useSyncExternalStore(minutes.subscribe, minutes.read, minutes.read)
}
