/** Questions asked of the server while the scripts that read the answers are still on their way. Each answer is taken once. */
const asked = new Map<string, Promise<Response>>()

export function askEarly(path: string): Promise<Response> {
  const { href } = new URL(path, location.origin)
  const answer = fetch(href)
  // Whoever takes it asks again, and says what went wrong.
  answer.catch(() => asked.delete(href))
  asked.set(href, answer)
  return answer
}

export function takeEarly({ method, url }: Request): Promise<Response> | undefined {
  if (method !== 'GET') return undefined
  const answer = asked.get(url)
  asked.delete(url)
  return answer
}

/** What nobody has taken is soon no longer true. */
export function forgetEarly(): void {
  asked.clear()
}
