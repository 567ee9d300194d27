/** In which language the pages speak, and how people who speak it write times, dates and numbers. Chosen once, before anything else of the product loads. */

export interface Locale {
  /** What the language calls itself. */
  name: string
  /** By which the browser writes dates, and compares names. */
  dates: string
  /** By which the browser writes numbers and money. */
  numbers: string
  /** Whether a date keeps the comma that the browser puts after the weekday. */
  comma: boolean
  /** A clock of twelve hours, which says “am” or “pm”; else of twenty-four. */
  twelveHours: boolean
  /** What stands after a time of day in a sentence. */
  oclock: string
}

export const LOCALES = {
  en: { name: 'English', dates: 'en-GB', numbers: 'en-US', comma: false, twelveHours: true, oclock: '' },
  de: { name: 'Deutsch', dates: 'de-DE', numbers: 'de-DE', comma: true, twelveHours: false, oclock: 'Uhr' },
} as const satisfies Record<string, Locale>

export type Language = keyof typeof LOCALES

export const LANGUAGES = Object.keys(LOCALES) as Language[]

const KEPT = 'openhours-language'

/** The first of the wanted languages that there is; “de-AT” is German. */
export function languageOf(wanted: readonly (string | null)[]): Language {
  const bases = wanted.map((tag) => tag?.toLowerCase().split('-')[0])
  return bases.map((base) => LANGUAGES.find((known) => known === base)).find((found) => found !== undefined) ?? 'en'
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

/** The reader's own choice, else the browser's language, else English; where pages are drawn before anybody reads them, the one they are for. */
export const language: Language = typeof window === 'undefined' ? languageOf([process.env.OUTLINE_LANGUAGE ?? null]) : languageOf([kept(), ...navigator.languages])

export const locale: Locale = LOCALES[language]

/** Speaks another language from now on, at the same place: the page loads again. */
export function speakLanguage(wanted: Language): void {
  try {
    localStorage.setItem(KEPT, wanted)
  } catch {
    // Without storage the browser's own language stays; there is nowhere to keep another.
  }
  location.reload()
}
