import { parseSlotSearch, type SlotSearch } from '@/shared/slots/search'

export interface DoctorSearch extends SlotSearch {
  /** The dependant whom the visit is for, where it is not for the patient. */
  for?: string
}

export function parseDoctorSearch(raw: Record<string, unknown>): DoctorSearch {
  const search: DoctorSearch = parseSlotSearch(raw)
  if (typeof raw.for === 'string' && /^[\da-f-]{36}$/i.test(raw.for)) search.for = raw.for
  return search
}
