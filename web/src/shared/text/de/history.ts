/** Das Protokoll in Worten. */
export const title = 'Protokoll'
export const lead = 'Alles, was einen Termin verändert hat oder entschieden wurde, das Neueste zuerst. Es lässt sich ergänzen, aber nie ändern; „openhours audit“ auf dem Server prüft seine Siegel.'
export const empty = 'So etwas ist nicht geschehen.'
export const what = 'Was'
export const who = 'Wer'
export const time = 'Wann'
export const change = 'Änderung'
export const about = 'Worüber'
export const becomes = (before: string, after: string) => `${before} → ${after}`
export const stays = 'Status unverändert'
export const number = (count: number) => `Eintrag ${count}`
export const filters = {
  title: 'Eingrenzen',
  verb: 'Was geschah',
  any: 'Alles',
  role: 'Wer es tat',
  anybody: 'Alle',
  since: 'Ab diesem Tag',
  until: 'Bis zu diesem Tag',
  about: 'Nur zu einem Termin, einer Praxis oder Aufgabe',
  aboutHint: 'Die Nummer, wie sie in Adressen steht.',
  aboutWrong: 'Das ist keine solche Nummer. Sie sieht so aus: 0198f0c2-7d3e-7a41-9c55-2f6d1b0c8e11.',
  apply: 'Anzeigen',
  clear: 'Alles anzeigen',
  onlyBy: 'Nur Einträge einer Person werden gezeigt.',
}
export const actions = { about: 'Nur hierzu', by: 'Nur von dieser Person', visit: 'Zum Termin', doctor: 'Zur Praxis' }
export const roles = { patient: 'Ein Patient', doctor: 'Eine Praxis', administrator: 'Die Verwaltung', system: 'Openhours', anonymous: 'Niemand angemeldet' }
export const subjects = { doctor: 'Eine Praxis', person: 'Eine Person', administrator: 'Die Verwaltung', appointment: 'Ein Termin', task: 'Eine Aufgabe', payment: 'Eine Zahlung', report: 'Eine Meldung' }
export const visitOn = (when: string) => `Termin am ${when}`
export const verbs: Record<string, string> = {
  hold: 'Zeit reserviert',
  accept: 'Angebot angenommen',
  book: 'Gebucht',
  'book-late': 'Nach später Zahlung gebucht',
  expire: 'Reservierung abgelaufen',
  abandon: 'Zeit freigegeben',
  replace: 'Durch eine andere Zeit ersetzt',
  strike: 'Wegen Abwesenheit oder Sperre gestrichen',
  reschedule: 'Verlegt',
  cancel: 'Abgesagt',
  unpaid: 'Abgesagt, nicht bezahlt',
  arrive: 'Erschienen',
  fulfil: 'Hat stattgefunden',
  miss: 'Patient nicht erschienen',
  'undo-miss': '„Nicht erschienen“ zurückgenommen',
  'doctor-absent': 'Praxis nicht erschienen',
  void: 'Als Irrtum gestrichen',
  'claim-absence': 'Patient sagt: Praxis nicht erschienen',
  'reject-absence': 'Ausfall nicht bestätigt',
  'read-medical-profile': 'Gesundheitsangaben gelesen',
  'approve-doctor': 'Praxis freigegeben',
  'reject-doctor': 'Registrierung abgelehnt',
  'suspend-doctor': 'Praxis gesperrt',
  'retry-task': 'Aufgabe noch einmal versucht',
  'resolve-payment': 'Über Zahlung entschieden',
  'hide-feedback': 'Bewertung verborgen',
  'show-feedback': 'Bewertung wieder gezeigt',
  'close-report': 'Meldung erledigt',
  'export-data': 'Persönliche Daten herausgegeben',
  'erase-data': 'Person vergessen',
  'create-administrator': 'Verwaltungskonto angelegt',
}
export const states: Record<string, string> = {
  pending: 'reserviert',
  booked: 'gebucht',
  arrived: 'erschienen',
  fulfilled: 'erledigt',
  noshow: 'versäumt',
  cancelled: 'abgesagt',
  'entered-in-error': 'gestrichen',
  waiting: 'wartend',
  approved: 'gelistet',
  rejected: 'abgelehnt',
  suspended: 'gesperrt',
  open: 'offen',
  closed: 'erledigt',
}
