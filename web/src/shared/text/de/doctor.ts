export const back = 'Alle Praxen'
export const nothingElse = 'Sonst ist nichts zu bezahlen'
export const feeAndTax = (fee: string, tax: string) => `${fee} + ${tax} Steuer`
export const feeFree = 'Dieser Termin ist kostenlos'
export const firstFree = 'Erste freie Zeit:'
export const section = 'Tag und Zeit wählen'
export const monthBefore = 'Voriger Monat'
export const monthAfter = 'Nächster Monat'
export const legendFree = 'Freie Zeiten'
export const legendFull = 'Voll'
export const legendToday = 'Heute'
export const legendPale = 'Blasse Tage sind vorbei oder geschlossen'
export const available = 'Frei'
export const chosen = 'Gewählt'
export const held = 'Reserviert'
export const booked = 'Belegt'
export const yourHold = 'Für Sie reserviert'
export const yourVisit = 'Ihr Termin'
export const freeCount = (count: number) => `${count} frei`
export const you = 'Sie'
export const doctor = 'Praxis'
export const morning = 'Vormittag'
export const afternoon = 'Nachmittag'
export const evening = 'Abend'
export const dayState = {
  free: (count: number) => (count === 1 ? '1 freie Zeit' : `${count} freie Zeiten`),
  full: 'voll',
  closed: 'geschlossen',
  past: 'vorbei',
  beyond: 'noch nicht buchbar',
}
export const today = 'heute'
export const otherTime = (time: string, place: string) => `${time} in ${place}`
export const zones = {
  title: 'Zwei Zeitzonen',
  text: (yours: string, name: string, theirs: string, difference: string) =>
    `Sie sind in ${yours}. ${name} ist in ${theirs}, ${difference}. Die großen Zeiten sind Ihre.`,
  ahead: (duration: string) => `${duration} voraus`,
  behind: (duration: string) => `${duration} zurück`,
  change: 'Meine Zeitzone ändern',
}
export const chooseTime = 'Wählen Sie oben eine Zeit. Wir halten sie frei, während Sie prüfen und bezahlen.'
export const visit = (minutes: number) => `Videotermin, ${minutes} Minuten`
export const hold = 'Diese Zeit reservieren'
export const holding = 'Die Zeit wird reserviert …'
export const signInToHold = 'Anmelden und reservieren'
export const thisTime = 'diese Zeit'
export const patientsOnly = 'Nur Patientinnen und Patienten können buchen. Sie sind als Praxis oder Verwaltung angemeldet.'
export const replaces = (time: string) => `${time} ist für Sie reserviert. Wenn Sie stattdessen diese Zeit reservieren, wird die andere freigegeben.`
export const goOn = 'Prüfen und bezahlen'
export const addReason = 'Nachricht an die Praxis hinzufügen'
export const reasonLabel = 'Worum geht es bei dem Termin? (freiwillig)'
export const reasonHint = 'Das sieht nur Ihre Praxis.'
export const noSlotsDay = 'Keine Zeiten an diesem Tag.'
export const allTaken = 'An diesem Tag ist alles belegt.'
export const nextFree = (day: string) => `Weiter zu ${day}`
export const noneThisMonth = (month: string) => `Keine freien Zeiten im ${month}.`
export const lookNextMonth = (month: string) => `${month} ansehen`
export const about = 'Zur Person'
export const aboutEmpty = 'Hier steht noch nichts.'
export const feedback = 'Was Patientinnen und Patienten sagen'
export const feedbackEmpty = 'Noch hat niemand etwas geschrieben.'
export const answered = 'Antwort der Praxis'
export const moreFeedback = 'Mehr anzeigen'
export const slotsFailed = 'Wir konnten die Zeiten nicht laden.'
export const notListed = {
  title: 'Diese Praxis ist nicht gelistet',
  text: 'Vielleicht nimmt sie keine Buchungen mehr an. Ihre Termine sind davon nicht betroffen.',
}
