import { asProblem, wrongFields } from '@/shared/api/problem'
import { words } from './index'
import type { About } from './en/problems'

/** The sentence for whatever went wrong. Falls back to the server's status, never to its codes. */
export function explain(error: unknown, about: About = {}): string {
  const problem = asProblem(error)
  const { sentences, notOffered } = words.problems
  const reasoned = problem.kind === 'slot-not-offered' && problem.reason ? notOffered[problem.reason] : undefined
  const sentence = reasoned ?? sentences[problem.kind] ?? byStatus(problem.status)
  return sentence({ retryAfter: problem.retryAfter, ...about })
}

/** What stands under each field that was refused. */
export function fieldErrors(error: unknown): Record<string, string> {
  const { fields, anyField } = words.problems
  return Object.fromEntries(wrongFields(error).map((field) => [field, fields[field] ?? anyField]))
}

function byStatus(status: number): (about: About) => string {
  const { sentences } = words.problems
  const kind = { 401: 'unauthenticated', 403: 'forbidden', 404: 'not-found', 429: 'too-many-requests', 503: 'unavailable' }[status] ?? 'unknown'
  return sentences[kind] ?? (() => '')
}
