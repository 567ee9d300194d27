import { defaultParseSearch } from '@tanstack/react-router'
import { parseFindSearch, filtersOf } from '@/features/find/search'
import { doctorIn } from '@/first'
import { clinicQuery, doctorQuery, doctorsQuery, slotsQuery, specializationsQuery } from '@/shared/api/public'
import { monthShown, rangeOf } from '@/shared/slots/range'
import { parseSlotSearch } from '@/shared/slots/search'
import { browserZone, dayOf, now, startOfDay } from '@/shared/time'
import { queryClient } from './queries'

/** Settles when the answers that a first page shows are there, or will not come: the page then begins with them, or says what went wrong. */
export async function firstAnswers({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Promise<unknown> {
  const asked = defaultParseSearch(search)
  const zone = browserZone()
  const id = doctorIn(pathname)
  if (id) {
    const times = async () => {
      const doctor = await queryClient.query(doctorQuery(id))
      const { from, to } = rangeOf(monthShown(parseSlotSearch(asked), doctor.next_free_at, zone, now()))
      await queryClient.query(slotsQuery(id, from, to))
    }
    return Promise.allSettled([times()])
  }
  if (pathname !== '/' && pathname !== '/doctors') return undefined
  const filters = filtersOf(parseFindSearch(asked), startOfDay(dayOf(now(), zone), zone).getTime(), zone)
  return Promise.allSettled([
    queryClient.infiniteQuery(doctorsQuery(pathname === '/' ? { sort: 'next_free', limit: 4 } : filters)),
    queryClient.query(specializationsQuery),
    queryClient.query(clinicQuery),
  ])
}
