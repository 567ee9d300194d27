/** Was Patienten zu einem Termin sagen. */
export const title = (doctor: string) => `Wie war Ihr Termin bei ${doctor}?`
export const shortTitle = 'Bewertung'
export const back = 'Frühere Termine'
export const yours = 'Ihre Bewertung'
export const everybody = 'Alle können sie lesen, ohne Ihren Namen. Bitte schreiben Sie nichts, was andere nicht über Sie wissen sollen.'
export const stars = 'Wie viele Sterne?'
export const starNames = ['Schlecht', 'Nicht gut', 'In Ordnung', 'Gut', 'Sehr gut']
export const star = (count: number, name: string) => (count === 1 ? `1 Stern, ${name}` : `${count} Sterne, ${name}`)
export const starsMissing = 'Bitte wählen Sie, wie viele Sterne.'
export const headline = 'In wenigen Worten'
export const headlineHint = 'Zum Beispiel „Nahm sich Zeit und erklärte gut“.'
export const headlineMissing = 'Bitte schreiben Sie ein paar Worte.'
export const review = 'Mehr (freiwillig)'
export const reviewHint = 'Was war gut, was könnte besser sein?'
export const send = 'Bewertung senden'
export const change = 'Änderungen speichern'
export const until = (day: string, time: string) => `Sie können sie bis ${day}, ${time}, ändern.`
export const closed = 'Sie kann nicht mehr geändert werden.'
export const sent = 'Danke. Alle können Ihre Bewertung jetzt lesen.'
export const changed = 'Ihre Bewertung ist geändert.'
export const keep = 'So lassen'
export const edit = 'Ändern'
export const answered = (doctor: string) => `Antwort von ${doctor}`
export const hidden = (reason: string) => `Diese Bewertung wird anderen nicht gezeigt: ${reason}`
export const hiddenPlain = 'Diese Bewertung wird anderen nicht gezeigt.'
export const notYet = {
  title: 'Noch gibt es nichts zu bewerten',
  text: 'Sie können eine Bewertung abgeben, sobald der Termin stattgefunden und die Praxis ihn abgeschlossen hat, spätestens einen Tag nach seinem Ende.',
  see: 'Termin ansehen',
}
export const never = {
  title: 'Keine Bewertung für diesen Termin',
  text: 'Bewerten kann man Termine, die stattgefunden haben.',
}
export const left = (count: number) => (count === 1 ? 'Noch 1 Zeichen' : `Noch ${count} Zeichen`)
