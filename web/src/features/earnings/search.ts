export interface EarningsSearch {
  year?: number
  /** `2027-03`, of whatever year is shown. */
  month?: string
}

export function parseEarnings(raw: Record<string, unknown>): EarningsSearch {
  const search: EarningsSearch = {}
  const year = Number(raw.year)
  if (Number.isInteger(year) && year >= 2000 && year <= 2199) search.year = year
  if (typeof raw.month === 'string' && /^2[01]\d\d-(0[1-9]|1[0-2])$/.test(raw.month)) search.month = raw.month
  return search
}
