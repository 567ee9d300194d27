/** Where to go after signing in: a path of this site and nothing else, so that no link can send somebody elsewhere. */
export function safeReturn(wanted: unknown, otherwise = '/'): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return otherwise
  try {
    const base = 'http://here.invalid'
    const url = new URL(wanted, base)
    return url.origin === base ? `${url.pathname}${url.search}${url.hash}` : otherwise
  } catch {
    return otherwise
  }
}

/** The page of one's own that each kind of person starts from. */
export function homeOf(role: string | undefined): '/today' | '/admin' | '/doctors' {
  if (role === 'doctor') return '/today'
  return role === 'administrator' ? '/admin' : '/doctors'
}
