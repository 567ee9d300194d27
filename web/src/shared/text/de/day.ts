/** Was die Seite von heute neben der Liste sagt. */
export const now = (time: string) => `Jetzt ${time}`
export const left = (minutes: string) => `noch ${minutes}`
export const print = 'Tag drucken'
export const printed = (day: string) => `Termine am ${day}`
export const calendar = 'Kalender öffnen'
export const cameInHeld = (time: string) => `Für heute ${time} wird gerade bezahlt.`
export const cameBooked = (patient: string, time: string) => `Heute gebucht: ${patient}, ${time}.`
export const calledOff = (patient: string, time: string) => `Abgesagt: ${patient}, heute ${time}.`
export const stale = 'Diese Liste ließ sich nicht aktualisieren. Sie zeigt den Stand von vorhin.'
