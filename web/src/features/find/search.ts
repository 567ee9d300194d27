/** The filters, as they stand in the address: refresh, Back and a shared link bring the same list. */
import type { DoctorFilters, Sort } from '@/shared/api/public'
import { addDays, dayOf, startOfDay, type Zone } from '@/shared/time'

export type When = 'today' | '3' | '7' | '14'

export interface FindSearch {
  q?: string
  specialization?: string
  /** The most that a visit may cost before tax, in minor units. */
  price?: number
  rating?: number
  language?: string
  when?: When
  sort?: Sort
}

export const WHENS: readonly When[] = ['today', '3', '7', '14']
export const RATINGS = [4, 4.5] as const
const SORTS: readonly Sort[] = ['next_free', 'fee', 'rating']

function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return String(value).trim().slice(0, 100) || undefined
}

function number(value: unknown, from: number, to: number): number | undefined {
  const found = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return found >= from && found <= to ? found : undefined
}

function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === text(value))
}

/** Reads an address; what makes no sense is left out, never an error. */
export function parseFindSearch(raw: Record<string, unknown>): FindSearch {
  const price = number(raw.price, 1, 100_000_000)
  const sort = oneOf(raw.sort, SORTS)
  return withoutGaps({
    q: text(raw.q),
    specialization: text(raw.specialization),
    price: price === undefined ? undefined : Math.round(price),
    rating: number(raw.rating, 1, 5),
    language: text(raw.language),
    when: oneOf(raw.when, WHENS),
    sort: sort === 'next_free' ? undefined : sort,
  })
}

export function withoutGaps(search: FindSearch): FindSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

/** What the server is asked. “In the next 3 days” ends with the third day from now, on this reader's calendar. */
export function filtersOf(search: FindSearch, at: number, zone: Zone): DoctorFilters {
  const { q, specialization, price, rating, language, when, sort } = search
  const days = when === undefined ? null : when === 'today' ? 0 : Number(when)
  const before = days === null ? undefined : startOfDay(addDays(dayOf(at, zone), days + 1), zone).toISOString()
  return {
    ...(q && { q }),
    ...(specialization && { specialization }),
    ...(price && { max_fee: price }),
    ...(rating && { min_rating: rating }),
    ...(language && { language }),
    ...(before && { available_before: before }),
    sort: sort ?? 'next_free',
  }
}

/** How many filters are on; the words searched for and the order are none. */
export function countFilters({ specialization, price, rating, language, when }: FindSearch): number {
  return [specialization, price, rating, language, when].filter((value) => value !== undefined).length
}
