import { asProblem } from '@/shared/api/problem'
import { words } from '@/shared/text'

/** Why a visit was not moved, with the time that it still has; null where no more can be said than of any refusal. */
export function refusedWords(error: unknown, time: string, present: string): string | null {
  const { refused, whyNot } = words.visits.moving
  const { kind, reason } = asProblem(error)
  if (kind === 'slot-taken' || kind === 'slot-not-offered' || kind === 'patient-busy') return refused[kind](time, present)
  if (kind === 'outdated') return refused.outdated
  if (kind === 'cannot-reschedule' && reason !== null) return (whyNot as Record<string, string>)[reason] ?? null
  return null
}
