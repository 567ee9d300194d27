/** What the server refuses, in the form of RFC 9457: the `type` decides what a page says, never the status or the English detail. */

export interface FieldError {
  field: string
  message: string
}

export class Problem extends Error {
  /** The last part of the problem's type, such as `slot-taken`; `offline` when no answer came, `unknown` when it is no problem document. */
  readonly kind: string
  readonly status: number
  readonly reason: string | null
  readonly errors: readonly FieldError[]
  readonly retryAfter: number | null
  readonly body: Readonly<Record<string, unknown>>

  constructor(kind: string, status = 0, body: Record<string, unknown> = {}, retryAfter: number | null = null) {
    super(kind)
    this.name = 'Problem'
    this.kind = kind
    this.status = status
    this.body = body
    this.reason = typeof body.reason === 'string' ? body.reason : null
    this.errors = Array.isArray(body.errors) ? body.errors.filter(isFieldError) : []
    this.retryAfter = retryAfter
  }
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== 'object' || value === null) return false
  const { field, message } = value as Record<string, unknown>
  return typeof field === 'string' && typeof message === 'string'
}

export function problemOf(body: unknown, response: Pick<Response, 'status' | 'headers'>): Problem {
  const document = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const type = typeof document.type === 'string' ? document.type : ''
  const kind = type.startsWith('/problems/') ? type.slice('/problems/'.length) : response.status >= 500 ? 'unavailable' : 'unknown'
  const header = response.headers.get('Retry-After')
  const retryAfter = header === null ? Number.NaN : Number(header)
  return new Problem(kind, response.status, document, Number.isFinite(retryAfter) ? retryAfter : null)
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  // fetch rejects with a TypeError when no answer came.
  return new Problem(error instanceof TypeError ? 'offline' : 'unknown')
}

export function isKind(error: unknown, ...kinds: string[]): boolean {
  return error instanceof Problem && kinds.includes(error.kind)
}

/** The fields that a refused form is to mark, each once. */
export function wrongFields(error: unknown): string[] {
  return error instanceof Problem ? [...new Set(error.errors.map(({ field }) => field))] : []
}
