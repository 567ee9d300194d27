import { safeReturn } from '@/shared/auth/return'

export interface ReturnSearch {
  return_to?: string
  /** Set by the server when the identity provider refused. */
  error?: string
}

export function parseReturn(raw: Record<string, unknown>): ReturnSearch {
  const search: ReturnSearch = {}
  if (raw.return_to !== undefined) search.return_to = safeReturn(raw.return_to)
  if (typeof raw.error === 'string') search.error = raw.error
  return search
}
