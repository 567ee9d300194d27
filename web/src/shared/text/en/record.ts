/** A doctor's earlier visits, and what patients said of them. */
export const title = 'Past visits'
export const order = (place: string) => `${place} time, newest first`
export const empty = 'No past visits yet'
export const emptyText = 'After a visit you find it here, with what the patient said of it.'
export const more = 'Show more'
export const columns = { when: 'When', patient: 'Patient', status: 'How it ended', feedback: 'Feedback' }
export const nothing = '–'
export const nothingSpoken = 'No feedback'
export const details = 'Details'
export const detailsOf = (patient: string, day: string) => `Feedback of ${patient}, ${day}: details`
export const feedback = {
  title: 'Feedback',
  lead: 'What patients say after a visit. You can answer each once; everybody can read your answers.',
  average: (average: string) => `${average} of 5`,
  count: (count: number) => (count === 1 ? 'from 1 patient' : `from ${count} patients`),
  empty: 'No feedback yet',
  emptyText: 'After a visit we ask the patient how it was. What they say appears here.',
  visit: 'See the visit',
  visitOf: (patient: string, day: string) => `See the visit of ${patient}, ${day}`,
  about: (day: string) => `Visit on ${day}`,
}
