/** Was eine Ablehnung sagt: was geschehen ist, was sicher ist, was zu tun ist. Nach der Art des Problems. */
import { FeedbackRequest, NewDependant, PasswordChange, ReportRequest } from '@/shared/api/limits'
import type { About } from '../en/problems'

const time = (about: About) => about.time ?? 'diese Zeit'
const at = (about: About) => (about.time ? `um ${about.time}` : 'zu dieser Zeit')

/** Wo nur eine Seite so gefragt haben kann, die älter ist als der Server. */
const loadAgain = () => 'Diese Seite ist veraltet. Es wurde nichts geändert. Bitte laden Sie sie neu, und wiederholen Sie das.'

export const sentences: Record<string, (about: About) => string> = {
  'slot-taken': (about) => `Jemand anderes hat gerade ${time(about)} genommen. Sie haben nichts bezahlt. Diese Zeiten sind noch frei:`,
  'slot-not-offered': (about) => `${capital(time(about))} wird nicht mehr angeboten. Bitte wählen Sie eine andere Zeit.`,
  'patient-busy': (about) => `Sie haben ${at(about)} schon einen Termin. Bitte wählen Sie eine andere Zeit, oder sagen Sie den anderen Termin zuerst ab.`,
  'hold-expired': (about) =>
    `Wir haben ${time(about)} ${about.holdMinutes ? `${about.holdMinutes} Minuten lang` : 'für Sie'} reserviert. Jetzt steht die Zeit wieder allen offen. Ihnen wurde nichts berechnet. Noch einmal versuchen?`,
  'hold-limit': () => 'Sie haben so viele Zeiten reserviert, wie eine Person darf. Bezahlen Sie eine davon oder geben Sie eine frei, und versuchen Sie es noch einmal.',
  'refund-changed': () => 'Die Erstattung hat sich geändert, seit Sie nachgesehen haben. Es wurde nichts abgesagt. Bitte sehen Sie sich den neuen Betrag an.',
  'cannot-reschedule': () => 'Dieser Termin kann nicht mehr verschoben werden. Es wurde nichts geändert. Die Seite zeigt jetzt den aktuellen Stand.',
  'illegal-transition': () => 'Das geht nicht mehr, weil sich der Termin geändert hat. Die Seite zeigt jetzt den aktuellen Stand.',
  'too-early': () => 'Dafür ist es noch zu früh. Es wurde nichts geändert. Die Seite zeigt, ab wann es möglich ist.',
  'too-late': () => 'Dafür ist es zu spät. Es wurde nichts geändert. Die Seite zeigt nun den aktuellen Stand.',
  'offer-limit': () => 'Nach diesem Termin sind schon Zeiten reserviert, oder so viele, wie eine Praxis reservieren darf. Es wurde nichts weiter reserviert.',
  'checkout-unavailable': () => 'Hier ist nichts mehr zu bezahlen. Die Seite zeigt jetzt den aktuellen Stand.',
  'waitlist-limit': () => 'Sie warten auf so viele Zeiten, wie eine Person darf. Warten Sie auf eine davon nicht mehr, und versuchen Sie es noch einmal.',
  outdated: () => 'Jemand hat das gerade eben geändert. Bitte sehen Sie noch einmal nach.',
  'request-in-flight': () => 'Wir arbeiten noch daran. Bitte warten Sie einen Moment.',
  'request-reused': () => 'Bitte laden Sie die Seite neu, und wiederholen Sie es.',
  unauthenticated: () => 'Bitte melden Sie sich an, um weiterzumachen. Es wurde nichts geändert.',
  'bad-credentials': () => 'Die E-Mail-Adresse oder das Passwort stimmt nicht. Bitte prüfen Sie beides.',
  'session-revoked': () => 'Sie wurden abgemeldet. Bitte melden Sie sich wieder an.',
  forbidden: () => 'Das dürfen Sie nicht.',
  'not-found': () => 'Hier ist nichts, oder es gehört nicht Ihnen.',
  'email-taken': () => 'Zu dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich stattdessen an.',
  'too-many-requests': (about) => waitAndRetry(about),
  validation: () => 'Bitte prüfen Sie die markierten Angaben.',
  'invalid-token': () => 'Bitte melden Sie sich an, um weiterzumachen. Es wurde nichts geändert.',
  conflict: () => 'Das geht nicht mehr. Die Seite zeigt jetzt den aktuellen Stand.',
  'bad-cursor': () => 'Die Liste hat sich geändert. Bitte laden Sie die Seite neu.',
  'too-slow': () => 'Das hat zu lange gedauert. Bitte versuchen Sie es gleich noch einmal.',
  'internal-error': () => 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.',
  'time-off-conflicts': () => 'In dieser Zeit liegen gebuchte Termine.',
  'provider-unavailable': () => 'Unser Zahlungspartner antwortet gerade nicht. Es wurde nichts abgebucht. Bitte versuchen Sie es gleich noch einmal.',
  overloaded: () => 'Gerade sind sehr viele Menschen hier. Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.',
  'storage-busy': () => 'Gerade buchen sehr viele Menschen. Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.',
  'dependant-limit': () => 'Sie können höchstens zwanzig Personen eintragen. Bitte entfernen Sie zuerst jemanden.',
  'dependant-has-visits': () => 'Für diese Person gibt es noch Termine. Bitte sagen Sie diese zuerst ab. Es wurde nichts geändert.',
  'cannot-erase': () => 'Ihr Konto wird noch für einen Termin oder eine Zahlung gebraucht. Es wurde nichts gelöscht.',
  'too-large': () => 'Das ist mehr, als wir auf einmal annehmen können. Es wurde nichts geändert. Bitte kürzen Sie den Text, oder wählen Sie ein kleineres Bild.',
  'cross-origin': () => 'Zu Ihrer Sicherheit antworten wir nur unseren eigenen Seiten. Es wurde nichts geändert. Bitte öffnen Sie Openhours in einem neuen Tab, und wiederholen Sie das.',
  'wrong-host': loadAgain,
  'method-not-allowed': loadAgain,
  'unsupported-media-type': loadAgain,
  'idempotency-key-required': loadAgain,
  malformed: loadAgain,
  invalid: loadAgain,
  refused: () => 'Das geht nicht. Es wurde nichts geändert. Die Seite zeigt jetzt, wie es steht.',
  unavailable: () => 'Wir können gerade nicht antworten. Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.',
  offline: () => 'Wir konnten Openhours nicht erreichen. Bitte prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.',
  unknown: () => 'Das hat nicht geklappt, und wir wissen nicht, warum. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.',
}

/** Warum eine Zeit nicht angeboten wird, wo der Grund hilft. */
export const notOffered: Record<string, (about: About) => string> = {
  past: (about) => `${capital(time(about))} ist schon vorbei. Bitte wählen Sie eine spätere Zeit.`,
  notice: (about) => `${capital(time(about))} ist zu bald: Die Praxis braucht mehr Vorlauf. Bitte wählen Sie eine spätere Zeit.`,
  horizon: () => 'So weit im Voraus nimmt diese Praxis keine Buchungen an. Bitte wählen Sie einen früheren Tag.',
  closed: (about) => `Die Praxis ist ${at(about)} nicht da. Bitte wählen Sie eine andere Zeit.`,
  off_grid: (about) => `Die Praxis hat ihre Sprechzeiten geändert, und ${time(about)} gibt es nicht mehr. Bitte wählen Sie eine andere Zeit.`,
  time_off: (about) => `Die Praxis ist ${at(about)} abwesend. Bitte wählen Sie einen anderen Tag.`,
  calendar_busy: (about) => `Die Praxis ist ${at(about)} belegt. Bitte wählen Sie eine andere Zeit.`,
  calendar_unread: () => 'Neue Termine können hier gerade nicht gebucht werden, weil wir nicht wissen, wann die Praxis belegt ist. Bitte versuchen Sie es später noch einmal, oder wählen Sie eine andere Praxis.',
  not_listed: () => 'Diese Praxis nimmt zurzeit keine Buchungen an. Bitte wählen Sie eine andere.',
}

function waitAndRetry({ retryAfter }: About): string {
  const wait = retryAfter && retryAfter > 90 ? `${Math.ceil(retryAfter / 60)} Minuten` : 'eine Minute'
  return `Das wurde zu oft versucht. Bitte warten Sie ${wait}, und versuchen Sie es dann noch einmal.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Was an einem Feld eines Formulars nicht stimmt. */
export const fields: Record<string, string> = {
  birth_date: 'Bitte geben Sie ein Geburtsdatum von 1900 bis heute an.',
  title: `Bitte schreiben Sie ein paar Worte, höchstens ${FeedbackRequest.title.maxLength} Zeichen.`,
  review: `Bitte schreiben Sie höchstens ${FeedbackRequest.review.maxLength} Zeichen.`,
  text: `Bitte schreiben Sie, was geschehen ist, in höchstens ${ReportRequest.text.maxLength} Zeichen.`,
  stars: 'Bitte wählen Sie, wie viele Sterne.',
  phone: 'Bitte geben Sie die Nummer mit Landesvorwahl ein, zum Beispiel +49 30 5550142.',
  name: `Bitte geben Sie einen Namen mit höchstens ${NewDependant.name.maxLength} Zeichen ein.`,
  time_zone: 'Bitte wählen Sie eine Zeitzone aus der Liste.',
  email: 'Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.',
  current_password: 'Das ist nicht Ihr Passwort.',
  password: `Bitte wählen Sie ein Passwort mit mindestens ${PasswordChange.password.minLength} Zeichen, das weder Ihre E-Mail-Adresse ist noch von sehr vielen benutzt wird.`,
  specialization: 'Bitte wählen oder nennen Sie ein Fachgebiet.',
  'fee.amount': 'Bitte geben Sie 0 ein oder einen Betrag, den man mit Karte bezahlen kann.',
  fee: 'Bitte geben Sie 0 ein oder einen Betrag, den man mit Karte bezahlen kann.',
}
export const anyField = 'So kann das nicht verwendet werden. Bitte prüfen Sie es.'

/** Eine abgelehnte Karte, nach der Antwort des Zahlungspartners. */
export const declines: Record<string, string> = {
  insufficient_funds: 'Auf dieser Karte war nicht genug Geld.',
  authentication_failed: 'Die Bestätigung der Karte wurde nicht abgeschlossen.',
  authentication_required: 'Die Bestätigung der Karte wurde nicht abgeschlossen.',
  expired_card: 'Diese Karte ist abgelaufen.',
}
export const declined = {
  title: 'Ihre Bank hat diese Karte nicht angenommen.',
  safe: 'Es wurde nichts abgebucht, und Ihre Zeit ist weiter für Sie reserviert. Versuchen Sie eine andere Karte, oder fragen Sie Ihre Bank.',
}
