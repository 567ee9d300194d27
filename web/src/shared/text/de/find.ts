export const title = 'Arztsuche'
export const searchLabel = 'Fachgebiet oder Name'
export const groupSpecializations = 'Fachgebiete'
export const groupDoctors = 'Ärztinnen und Ärzte'
export const filters = 'Filter'
export const filtersOn = (count: number) => (count > 0 ? `Filter, ${count} aktiv` : 'Filter')
export const show = (count: number) => (count === 1 ? '1 Treffer anzeigen' : `${count} Treffer anzeigen`)
export const specialization = 'Fachgebiet'
export const anySpecialization = 'Alle Fachgebiete'
export const showAll = (count: number) => `Alle ${count} anzeigen`
export const showFewer = 'Weniger anzeigen'
export const soonest = 'Früheste Zeit'
export const soonestOptions = { today: 'Heute', '3': 'In den nächsten 3 Tagen', '7': 'In den nächsten 7 Tagen', '14': 'In den nächsten 14 Tagen', any: 'Egal wann' }
export const soonestChips = { today: 'Heute', '3': 'Nächste 3 Tage', '7': 'Nächste 7 Tage', '14': 'Nächste 14 Tage' }
export const price = 'Honorar, ohne Steuer'
export const priceAny = 'Beliebig'
export const priceUpTo = (amount: string) => `Bis ${amount}`
export const rating = 'Bewertung'
export const ratingAny = 'Jede Bewertung'
export const ratingAtLeast = (value: string) => `${value} oder mehr`
export const ratingChip = (value: string) => `Bewertung ${value} oder mehr`
export const speaks = 'Spricht'
export const anyLanguage = 'Beliebige Sprache'
export const speaksChip = (language: string) => `Spricht ${language}`
export const searchChip = (text: string) => `„${text}“`
export const removeFilter = (filter: string) => `Filter entfernen: ${filter}`
export const sort = 'Reihenfolge'
export const sortOptions = { next_free: 'Früheste zuerst', fee: 'Günstigste zuerst', rating: 'Beste Bewertung zuerst' }
export const count = (total: number) => (total === 0 ? 'Kein Treffer' : `${total} Treffer`)
export const looking = 'Freie Zeiten werden gesucht …'
export const loadMore = 'Weitere anzeigen'
export const loadingMore = 'Weitere werden geladen …'
export const freeToday = 'Heute frei'
export const freeTomorrow = 'Morgen frei'
export const freeOn = (day: string) => `Frei am ${day}`
export const noneFree = 'Zurzeit keine freie Zeit'
export const noneFreeShort = 'Nichts frei'
export const book = 'Buchen'
export const bookDoctor = (name: string) => `Bei ${name} buchen`
export const look = 'Zeiten ansehen'
export const lookDoctor = (name: string) => `Zeiten ansehen: ${name}`
export const plusTax = (fee: string) => `${fee} + Steuer`
export const noTax = 'ohne Steuer'
export const free = 'Kostenlos'
export const empty = {
  title: 'Niemand passt zu allen Filtern',
  nearest: (name: string, specialization: string) => `Am nächsten kommt ${name}, ${specialization}`,
  nearestFree: (day: string) => `, frei am ${day}.`,
  nearestNotFree: '.',
  nothing: 'Unter diesem Namen oder Fachgebiet ist niemand gelistet.',
  anyTime: 'Alle Zeiten ansehen',
  clear: 'Alle Filter entfernen',
  see: (name: string) => `${name} ansehen`,
}
