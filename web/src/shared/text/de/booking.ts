export const steps = { label: 'Schritte der Buchung', time: 'Zeit', check: 'Prüfen', pay: 'Bezahlen' }
export const title = 'Bitte prüfen Sie Ihren Termin'
export const receiptLabel = 'Rechnung'
export const receipt = (number: string) => `Rechnung ${number}`
export const noReceiptYet = 'Die Rechnungsnummer folgt, sobald Sie bezahlt haben'
export const doctorZone = (place: string) => `in ${place}, wo Ihre Praxis ist`
export const visit = (specialization: string, minutes: string) => `${specialization}, per Video, ${minutes}`
export const fee = 'Honorar'
export const tax = (percent: string) => `Steuer (${percent})`
export const total = 'Sie bezahlen'
export const paid = 'Sie haben bezahlt'
export const forWhom = 'Der Termin ist für'
export const note = 'Ihre Nachricht an die Praxis'
export const keeping = 'Bitte bezahlen Sie bis'
export const nobodyElse = 'Bis dahin kann niemand sonst diese Zeit nehmen.'
export const left = (text: string) => `noch ${text}`
export const payBy = 'bezahlen bis'
export const closed = 'Die Zahlungsfrist ist vorbei. Ihnen wurde nichts berechnet. In einer Minute ist diese Zeit wieder für alle frei.'
export const spokenLeft = (minutes: number) => (minutes === 1 ? 'Noch eine Minute zum Bezahlen.' : `Noch ${minutes} Minuten zum Bezahlen.`)
export const pay = (amount: string) => `${amount} bezahlen`
export const book = 'Kostenlosen Termin buchen'
export const opening = 'Die Zahlungsseite wird geöffnet …'
export const paySafe = 'Sie bezahlen auf der sicheren Seite unseres Zahlungspartners. Wir buchen das Geld erst ab, wenn Ihr Termin gebucht ist.'
export const paySimulated = 'Zahlungen sind hier nachgestellt: Es wird keine echte Karte belastet.'
export const letGo = 'Diese Zeit freigeben'
export const letGoDone = 'Sie haben die Zeit freigegeben. Ihnen wurde nichts berechnet.'
export const expired = {
  title: 'Die Zeit ist nicht mehr reserviert',
  again: (time: string) => `${time} noch einmal versuchen`,
  other: 'Eine andere Zeit wählen',
}
export const goneTitle = 'Diese Zeit ist nicht mehr für Sie reserviert'
export const confirming = {
  title: 'Ihre Zahlung wird bestätigt',
  text: 'Ihre Bank hat geantwortet, und wir buchen Ihren Termin. Das dauert wenige Sekunden.',
  slow: 'Es dauert länger als sonst. Sie können diese Seite schließen: Wir senden Ihnen eine E-Mail, sobald es so weit ist. Ihre Zeit bleibt so lange reserviert.',
  notPaid: 'Wir haben noch nichts von einer Zahlung gehört.',
  back: 'Zurück zur Rechnung',
}
export const policy = {
  title: 'Wenn Sie absagen müssen',
  all: 'Alles zurück',
  half: 'Die Hälfte',
  some: (percent: number) => `${percent} %`,
  none: 'Nichts',
  until: 'bis',
  overSince: 'vorbei seit',
  now: 'Jetzt',
  afterThat: 'danach',
  doctorCancels: (name: string) => `Wenn ${name} absagt, bekommen Sie alles zurück.`,
}
