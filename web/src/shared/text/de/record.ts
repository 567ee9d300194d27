/** Frühere Termine und was dazu gesagt wurde. */
export const title = 'Frühere Termine'
export const order = (place: string) => `Ortszeit ${place}, neueste zuerst`
export const empty = 'Noch keine früheren Termine'
export const emptyText = 'Nach einem Termin finden Sie ihn hier, mit der Bewertung.'
export const more = 'Mehr anzeigen'
export const columns = { when: 'Wann', patient: 'Patientin oder Patient', status: 'Wie er endete', feedback: 'Bewertung' }
export const nothing = '–'
export const nothingSpoken = 'Keine Bewertung'
export const details = 'Einzelheiten'
export const detailsOf = (patient: string, day: string) => `Bewertung von ${patient}, ${day}: Einzelheiten`
export const feedback = {
  title: 'Bewertungen',
  lead: 'Was nach einem Termin gesagt wird. Sie können auf jede einmal antworten; alle können Ihre Antworten lesen.',
  average: (average: string) => `${average} von 5`,
  count: (count: number) => (count === 1 ? 'aus 1 Bewertung' : `aus ${count} Bewertungen`),
  empty: 'Noch keine Bewertungen',
  emptyText: 'Nach einem Termin fragen wir, wie es war. Was gesagt wird, erscheint hier.',
  visit: 'Zum Termin',
  visitOf: (patient: string, day: string) => `Zum Termin von ${patient}, ${day}`,
  about: (day: string) => `Termin am ${day}`,
}
