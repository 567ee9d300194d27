/** Questions asked of the server while the scripts that read the answers are still on their way. Each answer is taken once. */
export interface Early {
  response: Response
  /** When it came, by the device's clock: it may lie for seconds until somebody takes it. */
  at: number
}

const asked = new Map<string, Promise<Early>>()
let over = false

/** The answer, for whoever must know it to ask on; undefined once the page has begun, which asks for itself. */
export function askEarly(path: string): Promise<Early> | undefined {
  if (over) return undefined
  const { href } = new URL(path, location.origin)
  const answer = fetch(href).then((response) => ({ response, at: Date.now() }))
  // Whoever takes it asks again, and says what went wrong.
  answer.catch(() => asked.delete(href))
  asked.set(href, answer)
  return answer
}

export function takeEarly({ method, url }: Request): Promise<Early> | undefined {
  if (method !== 'GET') return undefined
  const answer = asked.get(url)
  asked.delete(url)
  return answer
}

/** What nobody has taken is soon no longer true, and what was asked from now on nobody would take in time. */
export function forgetEarly(): void {
  over = true
  asked.clear()
}
