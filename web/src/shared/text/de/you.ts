/** Was jemandem selbst gehört. */
export const title = 'Ihr Konto'
export const back = 'Ihr Konto'
export const sections = 'Ihre Seiten'
export const signOut = 'Abmelden'
export const save = 'Speichern'

export const entries = {
  details: { title: 'Persönliche Angaben', text: 'Name, Telefon, Zeitzone und Ihr Bild' },
  practice: { title: 'Ihr Profil', text: 'Was Patienten von Ihnen sehen: Bild, Honorar, Sprachen, über Sie' },
  health: { title: 'Gesundheit', text: 'Erkrankungen, Medikamente und Allergien, für Ihre Praxis' },
  people: { title: 'Menschen, für die Sie buchen', text: 'Kinder, Eltern oder andere, um deren Termine Sie sich kümmern' },
  payments: { title: 'Zahlungen', text: 'Was Sie bezahlt haben, was erstattet wurde, und Ihre Rechnungen' },
  messages: { title: 'E-Mails', text: 'Welche Mitteilungen Sie auch per E-Mail bekommen' },
  calendar: { title: 'Ihr Kalender', text: 'Ihre Termine in dem Kalender, den Sie schon benutzen' },
  look: { title: 'Sprache und Farben', text: 'Wie Openhours auf diesem Gerät aussieht' },
  report: { title: 'Ein Problem melden', text: 'Zu einem Termin, oder wenn etwas nicht funktioniert' },
  data: { title: 'Ihre Daten', text: 'Mitnehmen, oder das Konto schließen' },
}

export const details = {
  title: 'Persönliche Angaben',
}

export const photo = {
  title: 'Ihr Bild',
  hint: 'JPEG, PNG oder WebP. Wir schneiden es quadratisch zu. Ort, Datum und alles andere, was die Datei verrät, wird entfernt.',
  seenBy: { patient: 'Nur Sie sehen es.', doctor: 'Patienten sehen es neben Ihrem Namen.', administrator: 'Nur Sie sehen es.' },
  choose: 'Bild auswählen',
  other: 'Anderes Bild auswählen',
  remove: 'Bild entfernen',
  preview: 'So wird es aussehen. Noch ist nichts gespeichert.',
  upload: 'Dieses Bild verwenden',
  discard: 'Nicht verwenden',
  progress: (percent: number) => `Wird gesendet, ${percent} % erledigt`,
  working: 'Ihr Bild wird vorbereitet …',
  done: 'Ihr Bild ist gespeichert.',
  removed: 'Ihr Bild ist entfernt.',
  notPicture: 'Diese Datei ist kein Bild, das wir verwenden können. Bitte wählen Sie ein Foto: JPEG, PNG oder WebP.',
  tooBig: (size: string) => `Diese Datei ist zu groß: Sie darf höchstens ${size} haben. Bitte wählen Sie ein kleineres Bild. Es wurde nichts geändert.`,
  refused: 'Dieses Bild kann nicht verwendet werden. Es muss ein JPEG, PNG oder WebP mit mindestens 64 Pixeln in jeder Richtung und höchstens 25 Megapixeln sein. Ihr bisheriges Bild ist noch da.',
  sendFailed: 'Das Bild ist nicht angekommen. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal. Es wurde nichts geändert.',
  removeAsk: { title: 'Ihr Bild entfernen?', text: 'Stattdessen werden Ihre Anfangsbuchstaben gezeigt. Sie können jederzeit wieder ein Bild auswählen.', keep: 'Behalten', go: 'Entfernen' },
}

export const health = {
  title: 'Gesundheit',
  lead: 'Was Ihre Praxis vor einem Termin wissen sollte. Sie können jedes Feld leer lassen.',
  whoTitle: 'Wer das lesen kann',
  who: 'Nur Sie, und Praxen, bei denen Sie einen Termin gebucht haben, gerade haben oder hatten. Jedes Lesen durch eine Praxis wird festgehalten. In einer E-Mail steht es nie.',
  whoOther: (name: string) => `Nur Sie, und Praxen, bei denen ${name} einen Termin gebucht hat, gerade hat oder hatte. Jedes Lesen durch eine Praxis wird festgehalten. In einer E-Mail steht es nie.`,
  forWhom: 'Um wessen Gesundheit geht es?',
  me: (name: string) => `${name} (Sie selbst)`,
  conditions: 'Erkrankungen',
  conditionsHint: 'Krankheiten, die Sie haben oder hatten, Operationen, Schwangerschaften.',
  medication: 'Medikamente',
  medicationHint: 'Was Sie nehmen, wie viel und wie oft. Auch, was Sie ohne Rezept kaufen.',
  allergies: 'Allergien',
  allergiesHint: 'Gegen Medikamente, Lebensmittel, Latex oder anderes, und was dann geschieht.',
  updated: (day: string) => `Zuletzt geändert am ${day}.`,
  never: 'Noch ist nichts eingetragen.',
  done: 'Gespeichert. Ihre Praxis sieht es ab jetzt.',
}

export const people = {
  title: 'Menschen, für die Sie buchen',
  lead: 'Sie buchen, bezahlen und sagen deren Termine ab. Ein eigenes Konto ist nicht nötig.',
  none: 'Noch niemand',
  noneText: 'Tragen Sie ein Kind, einen Elternteil oder jemand anderen ein, um dessen Termine Sie sich kümmern. Beim Buchen wählen Sie, für wen der Termin ist.',
  add: 'Person hinzufügen',
  change: 'Ändern',
  changeName: (name: string) => `${name} ändern`,
  remove: 'Entfernen',
  removeName: (name: string) => `${name} entfernen`,
  health: 'Gesundheit',
  healthName: (name: string) => `Gesundheit von ${name}`,
  born: (day: string) => `geboren am ${day}`,
  addTitle: 'Person hinzufügen',
  changeTitle: (name: string) => `Angaben zu ${name} ändern`,
  name: 'Name',
  nameMissing: 'Bitte geben Sie den Namen ein.',
  birth: 'Geburtsdatum',
  birthHint: 'Die Praxis sieht es.',
  birthMissing: 'Bitte geben Sie das Geburtsdatum an.',
  relation: 'In welchem Verhältnis steht die Person zu Ihnen?',
  relationMissing: 'Bitte wählen Sie, in welchem Verhältnis die Person zu Ihnen steht.',
  choose: 'Bitte wählen',
  relations: { child: 'Kind', parent: 'Elternteil', partner: 'Partnerin oder Partner', sibling: 'Schwester oder Bruder', other: 'Jemand anderes' },
  cancel: 'Nicht speichern',
  added: (name: string) => `${name} ist hinzugefügt.`,
  changed: 'Gespeichert.',
  removed: (name: string) => `${name} ist entfernt.`,
  removeAsk: {
    title: (name: string) => `${name} entfernen?`,
    text: 'Sie können für diese Person nicht mehr buchen, und was Sie zu ihrer Gesundheit eingetragen haben, wird gelöscht. Frühere Termine und Rechnungen bleiben.',
    keep: 'Behalten',
    go: 'Entfernen',
  },
  hasVisits: (name: string) => `Für ${name} gibt es noch Termine oder eine reservierte Zeit. Bitte sagen Sie diese zuerst ab und entfernen Sie ${name} danach. Es wurde nichts geändert.`,
  seeVisits: 'Termine ansehen',
}

export const messages = {
  title: 'E-Mails',
  lead: 'Alles steht auf jeden Fall unter „Mitteilungen“. Hier wählen Sie, was wir Ihnen auch per E-Mail senden.',
  always: 'Wird immer gesendet',
  alwaysText: {
    patient: 'Buchungen, Änderungen, Absagen, Zahlungen und Erstattungen: Davon sollten Sie nichts verpassen.',
    doctor: 'Buchungen, Änderungen, Absagen, Zahlungen und Erstattungen: Davon sollten Sie nichts verpassen.',
    administrator: 'Alles zu Ihrem Passwort, damit es niemand unbemerkt ändert.',
  },
  choice: 'Ihre Auswahl',
  kinds: {
    reminders: { title: 'Erinnerungen', text: 'Einen Tag und 15 Minuten vor jedem Termin' },
    text_reminders: { title: 'Erinnerungen per SMS', text: 'Dasselbe an die Telefonnummer in Ihren Angaben. Namen stehen nicht darin.' },
    offers: { title: 'Angebote freier Zeiten', text: 'Wenn eine Zeit frei wird, auf die Sie warten' },
    feedback_requests: { title: 'Bitten um eine Bewertung', text: 'Einmal, nach einem Termin' },
    sign_in_notices: { title: 'Anmeldungen', text: 'Jedes Mal, wenn sich jemand in Ihrem Konto anmeldet. Waren es nicht Sie, so merken Sie es.' },
  },
  on: (kind: string) => `${kind}: Wir senden sie.`,
  off: (kind: string) => `${kind}: Wir senden keine mehr.`,
  failed: 'Ihre Auswahl ist nicht gespeichert.',
}

export const feed = {
  title: 'Ihr Kalender',
  lead: 'Ihr Kalenderprogramm kann Ihre Termine unter einer geheimen Adresse lesen und bleibt von selbst auf dem neuesten Stand: Google Kalender, Apple Kalender, Outlook und andere.',
  what: 'Gezeigt werden Zeit, Person und Link jedes Termins, nie der Grund.',
  off: 'Noch gibt es keine Adresse',
  offText: 'Erstellen Sie eine und fügen Sie sie dort ein, wo Ihr Kalenderprogramm „Abonnieren“ oder „Kalender per URL hinzufügen“ sagt.',
  make: 'Adresse erstellen',
  active: (day: string) => `Ihre Adresse gilt seit ${day}`,
  activeText: 'Zu Ihrer Sicherheit wird sie nur einmal gezeigt, wenn sie erstellt wird. Brauchen Sie sie wieder, so erstellen Sie eine neue: Die alte gilt dann nicht mehr.',
  fresh: 'Ihre neue Adresse',
  freshText: 'Bitte kopieren Sie sie jetzt: Sie wird nicht noch einmal gezeigt. Wer sie hat, kann Ihre Termine lesen. Geben Sie sie deshalb niemandem.',
  address: 'Geheime Adresse',
  copy: 'Kopieren',
  copied: 'Die Adresse ist kopiert.',
  copyYourself: 'Bitte halten Sie die Adresse gedrückt, oder drücken Sie Strg und C, um sie zu kopieren.',
  renew: 'Neue Adresse erstellen',
  renewAsk: { title: 'Neue Adresse erstellen?', text: 'Die alte gilt sofort nicht mehr. Jeder Kalender, der sie benutzt, braucht dann die neue.', keep: 'Alte behalten', go: 'Neue erstellen' },
  revoke: 'Nicht mehr teilen',
  revokeAsk: { title: 'Termine nicht mehr teilen?', text: 'Die Adresse gilt sofort nicht mehr. Die Termine verschwinden aus Kalendern, die sie benutzen. Ihre Termine selbst bleiben, wie sie sind.', keep: 'Weiter teilen', go: 'Nicht mehr teilen' },
  revoked: 'Die Adresse gilt nicht mehr.',
}

export const data = {
  title: 'Ihre Daten',
  exportTitle: 'Ihre Daten mitnehmen',
  exportText: 'Eine Datei mit allem, was wir über Sie gespeichert haben, so wie es in diesem Augenblick ist. Das Format ist JSON, das andere Dienste lesen können.',
  export: 'Meine Daten herunterladen',
  exported: 'Ihre Datei ist heruntergeladen. Bewahren Sie sie dort auf, wo nur Sie sie lesen können.',
  file: 'openhours-meine-daten.json',
  eraseTitle: 'Ihr Konto schließen',
  eraseText: 'Wir löschen, was verrät, wer Sie sind. Das lässt sich nicht rückgängig machen.',
  erase: 'Mein Konto schließen',
  goes: 'Was gelöscht wird',
  goesList: {
    patient: [
      'Ihr Name, Ihre E-Mail-Adresse, Ihre Telefonnummer und Ihr Bild',
      'Was Sie zu Ihrer Gesundheit und zu den Gründen Ihrer Termine geschrieben haben',
      'Rezepte, Ihre Bewertungen und Ihre Meldungen',
      'Namen und Geburtsdaten der Menschen, für die Sie buchen',
    ],
    doctor: ['Ihr Name, Ihre E-Mail-Adresse, Ihre Telefonnummer und Ihr Bild', 'Was Sie über sich geschrieben haben, und Ihre Antworten', 'Ihre Meldungen'],
  },
  stays: 'Was bleibt, und warum',
  staysList: {
    patient: [
      'Dass Termine stattgefunden haben und was sie gekostet haben, ohne Ihren Namen: Das Gesetz verlangt, dass wir Buch führen',
      'Wer wann was geändert hat, ohne Ihren Namen: damit niemand unbemerkt etwas ändern kann',
    ],
    doctor: [
      'Dass Termine stattgefunden haben und was sie gekostet haben, ohne Ihren Namen: Das Gesetz verlangt, dass wir Buch führen',
      'Was Sie verordnet haben, für Ihre Patienten',
      'Wer wann was geändert hat, ohne Ihren Namen',
    ],
  },
  when: 'Das geht, sobald kein Termin mehr bevorsteht und alle Zahlungen abgeschlossen sind.',
  ask: {
    title: 'Ihr Konto endgültig schließen?',
    text: 'Alles, was als gelöscht aufgeführt ist, ist sofort weg, und Sie werden überall abgemeldet. Niemand kann es zurückholen, auch wir nicht.',
    type: (email: string) => `Um fortzufahren, geben Sie Ihre E-Mail-Adresse ein: ${email}`,
    label: 'Ihre E-Mail-Adresse',
    wrong: 'Das ist nicht die E-Mail-Adresse Ihres Kontos. Bitte geben Sie sie genau so ein, wie sie oben steht.',
    missing: 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
    keep: 'Mein Konto behalten',
    go: 'Mein Konto endgültig schließen',
  },
  needed: {
    visits: 'Ihnen steht noch ein Termin bevor, oder eine Zeit ist für Sie reserviert. Bitte sagen Sie ab, oder warten Sie, bis er vorbei ist. Es wurde nichts gelöscht.',
    money: 'Zu einem Ihrer Termine ist noch Geld unterwegs. Bitte versuchen Sie es in einigen Tagen noch einmal. Es wurde nichts gelöscht.',
  } as Record<string, string>,
  seeVisits: 'Ihre Termine ansehen',
  gone: {
    title: 'Ihr Konto ist geschlossen',
    text: 'Was verriet, wer Sie sind, ist gelöscht, und Sie sind überall abgemeldet. Danke, dass Sie hier waren.',
    home: 'Zur Startseite',
  },
}

export const look = { title: 'Sprache und Farben' }
export const leaving = { title: 'Ohne Speichern verlassen?', text: 'Was Sie hier geschrieben haben, ist nicht gespeichert.', keep: 'Hier bleiben', go: 'Ohne Speichern verlassen' }
