/** What the pages that people come to first ask of the server, asked as soon as the address is known: the answers come while the scripts do. */
import { askEarly } from '@/shared/api/early'
import { monthShown, rangeOf } from '@/shared/slots/range'
import { parseSlotSearch } from '@/shared/slots/search'
import { browserZone } from '@/shared/time/zones'

const DOCTOR = /^\/doctors\/([\da-f-]{36})\/?$/i

/** The doctor whose page the address is. */
export function doctorIn(path: string): string | undefined {
  return DOCTOR.exec(path)?.[1]
}

async function askForTimes(id: string, search: string): Promise<void> {
  const early = await askEarly(`/api/doctors/${id}`)
  if (!early?.response.ok) return
  const { next_free_at } = (await early.response.clone().json()) as { next_free_at: string | null }
  const wanted = parseSlotSearch(Object.fromEntries(new URLSearchParams(search)))
  const { from, to } = rangeOf(monthShown(wanted, next_free_at, browserZone(), Date.now()))
  await askEarly(`/api/doctors/${id}/slots?from=${from}&to=${to}`)
}

/** Exactly what the page's own queries will ask: `test_first_visit.py` counts that nothing is asked twice. */
export function askFirst({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  const doctor = doctorIn(pathname)
  const early: (Promise<unknown> | undefined)[] = []
  if (doctor) early.push(askForTimes(doctor, search))
  else if (pathname === '/') early.push(...['/api/doctors?sort=next_free&limit=4', '/api/specializations', '/api/clinic'].map(askEarly))
  else if (pathname === '/doctors' && search === '') early.push(...['/api/doctors?sort=next_free', '/api/specializations', '/api/clinic'].map(askEarly))
  // The page's own query asks again, and says what went wrong.
  early.forEach((each) => void each?.catch(() => undefined))
}
