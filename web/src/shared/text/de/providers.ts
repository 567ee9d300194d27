/** Was die Verwaltung über die Dienste liest, die die Klinik von außen nutzt. */
export const title = 'Dienste'
export const lead = 'Die Dienste von außen, die Zahlungen, Anmeldung, Videolinks, Nachrichten und Bilder brauchen.'
export const empty = 'Kein echter Dienst ist in Gebrauch: Hier ist alles simuliert.'
export const names: Record<string, string> = {
  stripe: 'Zahlungen (Stripe)',
  google_calendar: 'Videolinks (Google Kalender)',
  google_free_busy: 'Kalender der Ärztinnen und Ärzte (Google)',
  google_sign_in: 'Anmeldung von Patienten (Google)',
  smtp: 'E-Mail (Mailserver)',
  ses: 'E-Mail (Amazon SES)',
  sns: 'Nachrichten (Amazon SNS)',
  sqs: 'Nachrichten (Amazon SQS)',
  texts: 'SMS (Amazon SNS)',
  s3: 'Bilder (Amazon S3)',
  secrets: 'Schlüssel (AWS Secrets Manager)',
}
export const standings = {
  well: 'Funktioniert',
  untried: 'Noch nicht gebraucht',
  refused: 'Funktioniert',
  busy: 'Bittet um Geduld',
  away: 'Antwortet nicht',
  shut_out: 'Lässt uns nicht ein',
}
export const advice = {
  well: '',
  untried: 'Seit dieser Server läuft, wurde nichts von ihm verlangt.',
  refused: 'Er antwortet und hat zuletzt etwas abgelehnt. Was das war, steht bei den gescheiterten Aufgaben.',
  busy: 'Sie müssen nichts tun. Wir fragen wieder, sobald er es erlaubt, und nichts geht verloren.',
  away: 'Nichts geht verloren: Was zu tun ist, wartet und wird wieder versucht. Dauert es an, sehen Sie nach, ob der Dienst eine Störung meldet.',
  shut_out:
    'Jemand muss handeln: Unser Schlüssel oder unsere Erlaubnis ist abgelaufen, oder das Konto dort ist nicht in Ordnung. Erneuern Sie es, wie docs/providers.md es beschreibt, und versuchen Sie die gescheiterten Aufgaben dann noch einmal.',
}
export const reason = 'Warum'
export const since = 'Seit'
export const answered = 'Letzte Antwort'
export const never = 'Noch keine'
export const asked = 'Gefragt'
export const again = 'Wieder gefragt'
export const calls = (count: number, failures: number) =>
  failures === 0 ? `${count}-mal, immer beantwortet` : `${count}-mal, davon ${failures}-mal vergeblich`
export const notBefore = (when: string) => `nicht vor ${when}`
export const simulated = (ports: string) => `Hier simuliert: ${ports}.`
export const ports: Record<string, string> = { payments: 'Zahlungen', calendar: 'Videolinks', identity: 'Anmeldung', notify: 'Nachrichten' }
export const scope = 'So hat es dieser Server gesehen, seit er läuft. Andere Server der Klinik haben vielleicht anderes gesehen.'
export const tasks = 'Gescheiterte Aufgaben'
export const resolve = {
  ask: 'Berichtigt: erneut fragen',
  askName: (who: string) => `Erneut fragen: Zahlung von ${who}`,
  back: 'Alles zurückgeben',
  backName: (who: string) => `Alles zurückgeben: Zahlung von ${who}`,
  backing: 'Alles wird gerade zurückgegeben.',
  askAsk: {
    title: 'Den Zahlungsdienst erneut fragen?',
    text: 'Tun Sie das, wenn Sie die Zahlung dort berichtigt haben. Stimmt sie dann überein, geht es mit dem Termin weiter. Wenn nicht, steht sie wieder hier.',
    keep: 'Noch nicht',
    go: 'Erneut fragen',
  },
  backAsk: {
    title: 'Alles zurückgeben?',
    text: 'Was der Zahlungsdienst von dieser Zahlung hat, geht an den Zahler zurück. Ein damit bezahlter Termin ist neu zu bezahlen, oder er wird abgesagt. Das lässt sich nicht rückgängig machen.',
    keep: 'Noch nicht',
    go: 'Alles zurückgeben',
  },
  reason: 'Warum? Andere in der Verwaltung können es später lesen.',
  asked: 'Der Dienst wird jetzt erneut gefragt.',
  given: 'Das Geld wird jetzt zurückgegeben.',
}
