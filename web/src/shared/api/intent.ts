import { useRef } from 'react'
import { asProblem } from './problem'

/** Whether an action that carries a key, or changes nothing when repeated, is worth sending again by itself. */
export const repeatable = {
  retry: (failures: number, error: Error) => failures < 3 && ['offline', 'request-in-flight', 'storage-busy'].includes(asProblem(error).kind),
  retryDelay: (failures: number) => 600 * 2 ** failures,
}

/**
 * A key for each thing that a person means to do. It stays the same while nobody knows how the attempt ended, so that
 * pressing again cannot do it twice; `settled` forgets it once the server has answered.
 */
export function useIntentKey(): { keyFor: (intent: string) => string; settled: () => void } {
  const kept = useRef<{ intent: string; key: string } | null>(null)
  return {
    keyFor: (intent) => {
      if (kept.current?.intent !== intent) kept.current = { intent, key: crypto.randomUUID() }
      return kept.current.key
    },
    settled: () => {
      kept.current = null
    },
  }
}
