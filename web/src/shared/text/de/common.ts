export const product = 'Openhours'
export const skip = 'Zum Inhalt springen'
export const close = 'Schließen'
export const loading = 'Wird geladen …'
export const tryAgain = 'Noch einmal versuchen'
export const menu = 'Hauptmenü'
export const menuBottom = 'Hauptmenü, unten'
export const zoneTime = (place: string) => `Ortszeit ${place}`
export const noRatings = 'Neu, noch nicht bewertet'
export const ratingSpoken = (average: string, count: number) => `Mit ${average} von 5 bewertet, ${count} ${count === 1 ? 'Bewertung' : 'Bewertungen'}`
export const starsSpoken = (count: number) => `${count} von 5 Sternen`
export const minutes = (count: number) => (count === 1 ? '1 Minute' : `${count} Minuten`)
export const hours = (count: number) => (count === 1 ? '1 Stunde' : `${count} Stunden`)
export const days = (count: number) => (count === 1 ? '1 Tag' : `${count} Tage`)
export const duration = (count: number) => {
  const whole = Math.floor(count / 60)
  const rest = count % 60
  return [whole > 0 && hours(whole), rest > 0 && minutes(rest)].filter(Boolean).join(' ') || minutes(0)
}
export const nav = {
  find: 'Arztsuche',
  findShort: 'Suche',
  appointments: 'Termine',
  past: 'Frühere Termine',
  you: 'Konto',
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  cost: 'Was es kostet',
  forDoctors: 'Für Praxen',
  today: 'Heute',
  hours: 'Sprechzeiten',
  doctors: 'Praxen',
  more: 'Mehr',
}
export const yourDetails = (name: string) => `Ihr Konto: ${name}`
export const preferences = {
  language: 'Sprache',
  colours: 'Farben',
  schemes: { auto: 'Wie auf dem Gerät', light: 'Hell', dark: 'Dunkel' },
}
export const footer = 'Fußzeile'
export const notFound = {
  title: 'Hier ist nichts',
  text: 'Vielleicht ist die Adresse vertippt, oder es gibt die Seite nicht mehr. Von Ihren Daten ist nichts verloren.',
  home: 'Zur Startseite',
}
export const crash = {
  title: 'Diese Seite funktioniert gerade nicht',
  text: 'Das ist unser Fehler. Was Sie gebucht oder bezahlt haben, ist davon nicht betroffen.',
  reload: 'Seite neu laden',
  home: 'Zur Startseite',
  notArrived: {
    title: 'Diese Seite ist nicht angekommen',
    text: 'Ihre Verbindung war unterbrochen, oder es gibt eine neuere Fassung von Openhours. Was Sie gebucht oder bezahlt haben, ist davon nicht betroffen. Bitte laden Sie die Seite neu.',
  },
}
export const notShown = 'Diese Seite kann nicht gezeigt werden'
/** Pages that stand at the foot of every page. */
export const about = { help: 'Hilfe', accessibility: 'Barrierefreiheit', privacy: 'Datenschutz' }
export const offline = 'Sie haben keine Verbindung. Was Sie eingegeben haben, bleibt hier stehen. Machen Sie weiter, sobald die Verbindung wieder da ist.'
export const lapsed = {
  title: 'Bitte melden Sie sich wieder an',
  text: 'Ihre Sitzung ist abgelaufen. Was Sie gerade getan haben, bleibt auf dieser Seite erhalten. Sie können weitermachen, sobald Sie angemeldet sind.',
  inNewTab: 'In einem neuen Tab anmelden',
  comeBack: 'Kommen Sie danach zu diesem Tab zurück: Es geht von selbst weiter.',
  giveUp: 'Verlassen und Eingaben verwerfen',
}
export const wrongRole = {
  title: 'Diese Seite ist für jemand anderen',
  text: (needed: string, present: string) => `Sie ist für ${needed}, und Sie sind ${present} angemeldet.`,
  roles: { patient: 'Patientinnen und Patienten', doctor: 'Ärztinnen und Ärzte', administrator: 'die Verwaltung' },
  you: { patient: 'als Patientin oder Patient', doctor: 'als Ärztin oder Arzt', administrator: 'als Verwaltung' },
  home: 'Zu Ihrer Seite',
}
