export const title = 'Find a doctor'
export const searchLabel = 'Specialization or doctor’s name'
export const groupSpecializations = 'Specializations'
export const groupDoctors = 'Doctors'
export const filters = 'Filters'
export const filtersOn = (count: number) => (count > 0 ? `Filters, ${count} on` : 'Filters')
export const show = (count: number) => (count === 1 ? 'Show 1 doctor' : `Show ${count} doctors`)
export const specialization = 'Specialization'
export const anySpecialization = 'Any specialization'
export const showAll = (count: number) => `Show all ${count}`
export const showFewer = 'Show fewer'
export const soonest = 'Soonest time'
export const soonestOptions = { today: 'Today', '3': 'In the next 3 days', '7': 'In the next 7 days', '14': 'In the next 14 days', any: 'Any time' }
export const soonestChips = { today: 'Today', '3': 'Next 3 days', '7': 'Next 7 days', '14': 'Next 14 days' }
export const price = 'Visit fee, before tax'
export const priceAny = 'Any'
export const priceUpTo = (amount: string) => `Up to ${amount}`
export const rating = 'Rating'
export const ratingAny = 'Any rating'
export const ratingAtLeast = (value: string) => `${value} or more`
export const ratingChip = (value: string) => `Rated ${value} or more`
export const speaks = 'Speaks'
export const anyLanguage = 'Any language'
export const speaksChip = (language: string) => `Speaks ${language}`
export const searchChip = (text: string) => `“${text}”`
export const removeFilter = (filter: string) => `Remove filter: ${filter}`
export const sort = 'Order'
export const sortOptions = { next_free: 'Soonest first', fee: 'Lowest price first', rating: 'Best rated first' }
export const count = (total: number) => (total === 0 ? 'No doctors match' : total === 1 ? '1 doctor' : `${total} doctors`)
export const looking = 'Looking for free times…'
export const loadMore = 'Show more doctors'
export const loadingMore = 'Loading more doctors…'
export const freeToday = 'Free today'
export const freeTomorrow = 'Free tomorrow'
export const freeOn = (day: string) => `Free on ${day}`
export const noneFree = 'No free time at the moment'
export const noneFreeShort = 'None free'
export const book = 'Book'
export const bookDoctor = (name: string) => `Book ${name}`
export const look = 'See times'
export const lookDoctor = (name: string) => `See times of ${name}`
export const plusTax = (fee: string) => `${fee} + tax`
export const noTax = 'no tax'
export const free = 'Free'
export const empty = {
  title: 'No doctor fits all your filters',
  nearest: (name: string, specialization: string) => `The nearest match is ${name}, ${specialization}`,
  nearestFree: (day: string) => `, free on ${day}.`,
  nearestNotFree: '.',
  nothing: 'No doctor is listed under that name or specialization.',
  anyTime: 'Look at any time',
  clear: 'Remove all filters',
  see: (name: string) => `See ${name}`,
}
