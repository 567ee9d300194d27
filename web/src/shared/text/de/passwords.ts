import { PasswordChange } from '@/shared/api/limits'

/** Das Passwort ändern, und ein neues für alle, die ihres vergessen haben: Praxen und Verwaltung. */
export const entry = { title: 'Passwort', text: 'Ein anderes Passwort wählen.' }
export const title = 'Passwort'
export const lead = 'Nach der Änderung bleiben Sie hier angemeldet. Überall sonst werden Sie abgemeldet.'
export const current = 'Ihr jetziges Passwort'
export const next = 'Neues Passwort'
export const rule = `Mindestens ${PasswordChange.password.minLength} Zeichen. Ein paar Wörter hintereinander merkt man sich leicht, und sie sind schwer zu erraten.`
export const save = 'Passwort ändern'
export const saved = 'Ihr Passwort ist geändert. Wir haben Ihnen dazu eine E-Mail geschickt.'
export const currentMissing = 'Geben Sie Ihr jetziges Passwort ein.'
export const nextMissing = 'Geben Sie das Passwort ein, das Sie haben wollen.'
export const forgotten = {
  link: 'Passwort vergessen?',
  title: 'Passwort vergessen?',
  lead: 'Geben Sie die E-Mail-Adresse ein, mit der Sie sich anmelden. Wir schicken einen Link dorthin, mit dem Sie ein neues Passwort wählen.',
  email: 'E-Mail',
  emailMissing: 'Geben Sie Ihre E-Mail-Adresse ein.',
  submit: 'Link schicken',
  sentTitle: 'Sehen Sie in Ihr Postfach',
  sent: (email: string) => `Wenn es ein Konto für ${email} gibt, ist der Link unterwegs. Er gilt einmal, eine Stunde lang.`,
  nothing: 'Nichts gekommen? Sehen Sie bei der unerwünschten Post nach, oder versuchen Sie es in fünf Minuten noch einmal.',
  back: 'Zurück zur Anmeldung',
}
export const fresh = {
  title: 'Ein neues Passwort wählen',
  lead: 'Damit melden Sie sich künftig an. Wo Sie jetzt angemeldet sind, werden Sie abgemeldet.',
  submit: 'Neues Passwort speichern',
  doneTitle: 'Ihr neues Passwort ist gespeichert',
  done: 'Melden Sie sich jetzt damit an.',
  signIn: 'Anmelden',
  badTitle: 'Dieser Link gilt nicht mehr',
  bad: 'Er gilt einmal, eine Stunde lang. Es hat sich nichts geändert. Fordern Sie einen neuen an.',
  again: 'Neuen Link anfordern',
}
