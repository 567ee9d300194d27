/** Lets whatever people do meanwhile come first: a click, a letter, a scroll. */
export function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done))
}
