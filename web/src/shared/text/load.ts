import { fillWords, type Words } from './index'
import type { Language } from './language'

/** Each language is a file of its own, of which a reader loads one. */
const catalogues: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./en')).en,
  de: async () => (await import('./de')).de,
}

export async function loadWords(language: Language): Promise<void> {
  fillWords(await catalogues[language]())
}
