/** Woche und Monat der Praxis. */
export const title = 'Kalender'
export const zone = (place: string) => `Ortszeit ${place}.`
export const view = 'Anzeigen'
export const views = { week: 'Woche', days: '3 Tage', month: 'Monat', list: 'Liste' }
export const today = 'Heute'
export const previous = { week: 'Vorherige Woche', days: 'Vorherige drei Tage', month: 'Vorheriger Monat', list: 'Vorherige Woche' }
export const next = { week: 'Nächste Woche', days: 'Nächste drei Tage', month: 'Nächster Monat', list: 'Nächste Woche' }
export const closed = 'Geschlossen'
export const timeOff = 'Abwesend'
export const openHours = (spans: string) => `Offen ${spans}`
export const span = (from: string, to: string) => `${from} bis ${to}`
export const held = 'Reserviert'
export const heldLong = 'Diese Zeit wird gerade bezahlt'
export const now = (time: string) => `Jetzt, ${time}`
export const noVisits = 'Keine Termine'
export const visits = (count: number) => (count === 1 ? '1 Termin' : `${count} Termine`)
export const more = (count: number) => `${count} weitere`
export const openDay = (day: string, what: string) => `${day}, ${what}: Woche zeigen`
export const legend = { booked: 'Gebucht', held: 'Reserviert', done: 'Erledigt', missed: 'Versäumt', closed: 'Geschlossen' }
export const keys = 'Mit den Pfeiltasten kommen Sie von Termin zu Termin, mit der Eingabetaste öffnen Sie einen.'
