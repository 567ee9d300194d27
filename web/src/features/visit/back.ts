import { words } from '@/shared/text'

const PLACES: Readonly<Record<string, string>> = {
  '/today': words.visit.back,
  '/calendar': words.calendar.title,
  '/visits': words.record.title,
  '/feedback': words.record.feedback.title,
  '/notifications': words.news.title,
}

/** Where the way back from a visit leads, and what it is called: the page that it was opened from, else today's. */
export function wayBack(from: string | undefined): { href: string; label: string } {
  const label = from === undefined ? undefined : PLACES[from.replace(/\?.*$/s, '')]
  return from !== undefined && label !== undefined ? { href: from, label } : { href: '/today', label: words.visit.back }
}
