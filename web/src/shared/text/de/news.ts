/** Was jemandem mitgeteilt wurde. */
export const title = 'Mitteilungen'
export const bell = (unread: number) => (unread === 0 ? 'Mitteilungen' : unread === 1 ? 'Mitteilungen, 1 neue' : `Mitteilungen, ${unread} neue`)
export const lead = (place: string) => `Ortszeit ${place}, die neuesten zuerst`
export const fresh = 'Neu'
export const markAll = 'Alle als gelesen markieren'
export const allRead = 'Alle sind als gelesen markiert.'
export const empty = 'Noch nichts'
export const emptyText = 'Was wir Ihnen zu Terminen, Zahlungen und Ihrem Konto mitteilen, steht hier und kommt meist auch per E-Mail.'
export const more = 'Ältere anzeigen'
export const choose = 'Auswählen, was per E-Mail kommt'
export const notMailed = 'Nicht per E-Mail gesendet, wie von Ihnen gewählt'
export const mailFailed = 'Die E-Mail konnte nicht zugestellt werden'

/** Eine Zeile je Art. `who` ist die andere Person des Termins. */
export const patient: Record<string, (who: string) => string> = {
  welcome: () => 'Willkommen bei Openhours',
  signed_in: () => 'Jemand hat sich in Ihrem Konto angemeldet',
  booked: (who) => `Ihr Termin bei ${who} ist gebucht`,
  link_ready: (who) => `Der Videolink für Ihren Termin bei ${who} ist da`,
  rescheduled: (who) => `Ihr Termin bei ${who} wurde verschoben`,
  cancelled: (who) => `Ihr Termin bei ${who} wurde abgesagt`,
  not_charged: (who) => `Ihr Termin bei ${who} kam nicht zustande; es wurde nichts berechnet`,
  pay_again: (who) => `Bitte bezahlen Sie Ihren Termin bei ${who} noch einmal`,
  refund_completed: (who) => `Ihre Erstattung für den Termin bei ${who} ist unterwegs`,
  voided: (who) => `Ihr Termin bei ${who} war irrtümlich eingetragen und ist gestrichen`,
  feedback_request: (who) => `Wie war Ihr Termin bei ${who}?`,
  absence_rejected: (who) => `Wir haben Ihren Termin bei ${who} geprüft`,
  offer: (who) => `Eine Zeit bei ${who} ist für Sie frei`,
  follow_up: (who) => `${who} hält Zeiten für Ihren nächsten Termin frei`,
  reminder_day: (who) => `Ihr Termin bei ${who} ist innerhalb eines Tages`,
  reminder_soon: (who) => `Ihr Termin bei ${who} beginnt bald`,
}
export const staff: Record<string, (who: string) => string> = {
  welcome: () => 'Willkommen bei Openhours',
  signed_in: () => 'Jemand hat sich in Ihrem Konto angemeldet',
  password_reset: () => 'Jemand hat einen Link für ein neues Passwort angefordert',
  password_changed: () => 'Ihr Passwort wurde geändert',
  registered: () => 'Ihre Registrierung ist eingegangen',
  approved: () => 'Sie sind freigegeben: Patienten können Sie jetzt finden',
  rejected: () => 'Ihre Registrierung wurde nicht angenommen',
  booked: (who) => `${who} hat einen Termin gebucht`,
  link_ready: (who) => `Der Videolink für den Termin von ${who} ist da`,
  rescheduled: (who) => `Der Termin von ${who} wurde verschoben`,
  cancelled: (who) => `Der Termin von ${who} wurde abgesagt`,
  voided: (who) => `Der Termin von ${who} war irrtümlich eingetragen und ist gestrichen`,
  feedback_received: (who) => `${who} hat eine Bewertung abgegeben`,
  feedback_summary: () => 'Was Patientinnen und Patienten gestern gesagt haben',
  absence_claimed: (who) => `${who} sagt, dass niemand zum Termin gekommen ist`,
  meeting_failed: (who) => `Für den Termin von ${who} gibt es noch keinen Videolink`,
  calendar_unread: () => 'Ihr eigener Kalender ist für uns nicht lesbar',
  reminder_day: (who) => `Der Termin von ${who} ist innerhalb eines Tages`,
  reminder_soon: (who) => `Der Termin von ${who} beginnt bald`,
}
export const otherwise = 'Eine Mitteilung für Sie'
export const doctor = 'Ihrer Praxis'
export const aPatient = 'Jemand'
