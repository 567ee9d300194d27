/** Fehlverhalten oder einen Fehler melden. */
export const title = 'Ein Problem melden'
export const lead = 'Die Verwaltung liest Ihre Meldung. Die andere Person erfährt nichts davon.'
export const emergency = 'Wenn jemand in Gefahr ist, rufen Sie zuerst den örtlichen Notruf an.'
export const about = 'Worum geht es?'
export const abouts = {
  appointment: { title: 'Um einen Termin', text: 'Jemand hat sich schlecht benommen, oder etwas ist schiefgegangen' },
  bug: { title: 'Um Openhours selbst', text: 'Auf diesen Seiten funktioniert etwas nicht' },
}
export const visit = 'Um welchen Termin?'
export const chooseVisit = 'Bitte wählen Sie einen Termin'
export const visitMissing = 'Bitte wählen Sie den Termin.'
export const noVisits = 'Es gibt keine Termine, zu denen Sie etwas melden könnten.'
export const visitLine = (day: string, time: string, who: string) => `${day}, ${time}, ${who}`
export const text = 'Was ist geschehen?'
export const textHint = { appointment: 'In Ihren Worten. Wer hat wann was getan oder gesagt?', bug: 'Was wollten Sie tun, und was geschah stattdessen?' }
export const textMissing = 'Bitte schreiben Sie, was geschehen ist.'
export const send = 'Meldung senden'
export const left = (count: number) => (count === 1 ? 'Noch 1 Zeichen' : `Noch ${count} Zeichen`)
export const sent = {
  title: 'Ihre Meldung ist angekommen',
  text: 'Danke, dass Sie es uns sagen. Die Verwaltung liest Ihre Meldung und kümmert sich darum.',
  another: 'Noch etwas melden',
  home: 'Weiter',
}
