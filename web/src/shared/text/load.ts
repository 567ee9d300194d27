import { fillWords, type FirstWords, type OtherWords } from './index'
import { language, type Language } from './language'

/** Each language is two files of its own, of which a first visit loads one. */
const catalogues: Record<Language, { first: () => Promise<FirstWords>; rest: () => Promise<OtherWords> }> = {
  en: { first: async () => (await import('./en/first')).first, rest: async () => (await import('./en/rest')).rest },
  de: { first: async () => (await import('./de/first')).first, rest: async () => (await import('./de/rest')).rest },
}

export async function loadWords(spoken: Language = language): Promise<void> {
  fillWords(await catalogues[spoken].first())
}

const loaded = new Map<Language, Promise<void>>()

/** The words of the pages behind a sign-in: loaded once, however many ask. */
export function loadOtherWords(spoken: Language = language): Promise<void> {
  const known = loaded.get(spoken)
  if (known) return known
  const loading = catalogues[spoken].rest().then(fillWords)
  loaded.set(spoken, loading)
  loading.catch(() => loaded.delete(spoken))
  return loading
}
