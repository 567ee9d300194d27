import { DoctorRegistration } from '@/shared/api/limits'

export const title = 'Als Ärztin oder Arzt registrieren'
export const lead = 'Drei kurze Schritte, und ein Bild, wenn Sie mögen. Sie können sich sofort anmelden, und Patienten sehen Sie, sobald die Verwaltung Sie freigegeben hat.'
export const steps = ['Ihr Zugang', 'Ihre Praxis', 'Ihre Zeit', 'Ihr Bild']
export const progress = (step: number, of: number) => `Schritt ${step} von ${of}`
export const stepsLabel = 'Schritte der Registrierung'
export const name = 'Name'
export const nameHint = 'So, wie Patienten ihn lesen sollen, zum Beispiel Dr. Amara Okafor.'
export const emailHint = 'Damit melden Sie sich an. Patienten sehen sie nicht.'
export const passwordHint =
  `Mindestens ${DoctorRegistration.password.minLength} Zeichen; länger ist besser, zum Beispiel ein Satz. Nicht Ihre E-Mail-Adresse und keines, das sehr viele verwenden.`
export const phoneHint = 'Mit Landesvorwahl, zum Beispiel +49 30 123456. Patienten sehen sie nicht.'
export const specialization = 'Fachgebiet'
export const specializationHint = 'Wählen Sie eines aus der Liste, oder schreiben Sie Ihr eigenes.'
export const fee = (currency: string) => `Honorar für einen Termin, vor Steuer (${currency})`
export const feeHint = '0 für kostenlose Termine. Sie können es später ändern.'
export const price = {
  total: (total: string, percent: string) => `Patienten zahlen ${total}, mit ${percent} Steuer. Sonst kommt nichts hinzu.`,
  free: 'Termine sind für Patienten kostenlos.',
}
export const zoneHint = 'Ihre Sprechzeiten gelten in dieser Zeitzone, und Ihr Kalender zeigt sie.'
export const languages = 'Sprachen, die Sie sprechen (freiwillig)'
export const languagesHint = 'Mit Kommas dazwischen, zum Beispiel Deutsch, Englisch.'
export const qualifications = 'Qualifikationen (freiwillig)'
export const qualificationsHint = 'Abschlüsse und Anerkennungen. Die Verwaltung liest sie vor der Freigabe, und Patienten auch.'
export const about = 'Über Sie (freiwillig)'
export const aboutHint = 'Was Sie behandeln, und was Patienten bereithalten sollten.'
export const picture = {
  title: 'Sie sind registriert',
  lead: 'Patienten sehen gern, mit wem sie sprechen werden. Fügen Sie jetzt ein Bild hinzu, oder jederzeit später in Ihrem Profil.',
  go: 'Weiter',
  without: 'Ohne Bild weiter',
}
export const next = 'Weiter'
export const back = 'Zurück'
export const submit = 'Registrieren'
export const already = 'Schon registriert?'
export const signIn = 'Stattdessen anmelden'
export const hoursLater = {
  title: 'Wie es weitergeht',
  items: [
    'Sie sind sofort angemeldet, und wir senden Ihnen eine E-Mail.',
    'Die Verwaltung prüft Ihre Registrierung und gibt sie frei. Dann erhalten Sie eine E-Mail.',
    'Inzwischen können Sie Ihre Sprechzeiten festlegen und ein Bild hinzufügen. Ohne Sprechzeiten finden Patienten keine Zeiten.',
  ],
}
export const leave = 'Ihre Registrierung ist noch nicht gesendet. Die Seite verlassen und alles verlieren, was Sie eingegeben haben?'
export const takenHint = 'Ist es Ihre, melden Sie sich an. Wenn nicht, verwenden Sie eine andere E-Mail-Adresse.'
export const standing = {
  pending: {
    title: 'Ihre Registrierung wartet auf Freigabe',
    text: 'Die Verwaltung sieht sie sich an. Sobald entschieden ist, erhalten Sie eine E-Mail, und diese Seite sagt es Ihnen auch.',
    meanwhile: 'Inzwischen können Sie sich vorbereiten:',
  },
  rejected: {
    title: 'Ihre Registrierung wurde nicht freigegeben',
    text: 'Patienten können Sie nicht finden. Falls etwas gefehlt hat, vervollständigen Sie Ihr Profil und schreiben Sie uns: Die Verwaltung kann Sie noch freigeben.',
  },
  suspended: {
    title: 'Sie sind gesperrt',
    text: 'Patienten können Sie nicht finden oder buchen. Gebuchte Termine finden statt, solange hier nicht steht, dass sie abgesagt sind. Wenn Sie das für einen Irrtum halten, schreiben Sie uns.',
  },
  said: (reason: string) => `Die Verwaltung schreibt: „${reason}“`,
  profile: 'Profil vervollständigen',
  hours: 'Sprechzeiten festlegen',
  tell: 'Uns schreiben',
}
