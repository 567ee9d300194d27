export const title = 'Ihre Sprechzeiten'
export const lead = (place: string) => `Alle Zeiten gelten in ${place}. Gebuchte Termine verschieben sich nie, wenn Sie Ihre Sprechzeiten ändern.`
export const everyWeek = 'Jede Woche'
export const copyMonday = 'Montag auf Di–Fr übertragen'
export const copyDone = 'Die Sprechzeiten von Montag stehen jetzt auch bei Dienstag bis Freitag. Speichern Sie, damit sie gelten.'
export const weekdays = { monday: 'Montag', tuesday: 'Dienstag', wednesday: 'Mittwoch', thursday: 'Donnerstag', friday: 'Freitag', saturday: 'Samstag', sunday: 'Sonntag' }
export const weekdaysShort = { monday: 'Mo', tuesday: 'Di', wednesday: 'Mi', thursday: 'Do', friday: 'Fr', saturday: 'Sa', sunday: 'So' }
export const closed = 'Geschlossen'
export const to = 'bis'
export const from = (day: string) => `${day} von`
export const until = (day: string) => `${day} bis`
export const removeSpan = (day: string, from: string, until: string) => `${day} ${from} bis ${until} entfernen`
export const addSpan = (day: string) => `Sprechzeiten am ${day} hinzufügen`
export const visits = 'Termine'
export const slotLength = 'Dauer eines Termins'
export const gap = 'Pause zwischen Terminen'
export const notice = 'Buchbar mindestens'
export const horizon = 'Buchbar bis zu'
export const noGap = 'Keine Pause'
export const noNotice = 'Bis zur letzten Minute'
export const before = (duration: string) => `${duration} vorher`
export const ahead = (duration: string) => `${duration} im Voraus`
export const preview = 'Was Patienten sehen werden'
export const usualWeek = 'Eine gewöhnliche Woche'
export const timesAWeek = 'Zeiten in der Woche'
/** Beside the buttons, where the preview is out of sight. */
export const short = (count: number) => (count === 1 ? '1 Zeit in der Woche' : `${count} Zeiten in der Woche`)
export const seeWeek = 'Die Woche ansehen'
export const change = (count: number) => (count > 0 ? `${count} mehr als jetzt` : count < 0 ? `${-count} weniger als jetzt` : 'So viele wie jetzt')
export const asSaved = 'Wie gespeichert'
export const isNew = 'Neu'
export const undo = 'Rückgängig machen'
export const save = 'Sprechzeiten speichern'
export const saved = 'Ihre Sprechzeiten sind gespeichert. Patienten sehen sie sofort.'
export const errors = {
  order: 'Das Ende muss nach dem Anfang liegen.',
  overlap: 'Diese Zeiten überschneiden sich. Bitte ändern Sie eine davon.',
  missing: 'Bitte füllen Sie beide Zeiten aus.',
  tooShort: 'Hier passt kein Termin hinein.',
  refused: 'Diese Sprechzeiten können nicht gespeichert werden. Bitte prüfen Sie, dass sie sich nicht überschneiden.',
}
export const zone = 'Zeitzone'
export const zoneHint = 'In dieser Zeitzone gelten Ihre Sprechzeiten.'
export const unsaved = 'Sie haben Änderungen, die nicht gespeichert sind.'
export const differ = 'Abweichende Tage'
export const add = 'Hinzufügen'
export const changeDay = 'Ändern'
export const remove = 'Entfernen'
export const changeDayOf = (day: string) => `${day} ändern`
export const removeDayOf = (day: string) => `${day} entfernen`
export const noDiffering = 'Jede Woche ist eine gewöhnliche Woche.'
export const open = (spans: string) => `Geöffnet ${spans}`
export const span = (from: string, until: string) => `${from} bis ${until}`
export const override = {
  title: 'Ein abweichender Tag',
  date: 'Tag',
  dateMissing: 'Bitte wählen Sie einen Tag.',
  closedAllDay: 'Ganztägig geschlossen',
  openAt: 'Zu diesen Zeiten geöffnet',
  kind: 'An diesem Tag sind Sie',
  keep: 'Nicht übernehmen',
  apply: 'Übernehmen',
  moreHours: 'Weitere Zeiten',
  note: 'Es gilt, sobald Sie Ihre Sprechzeiten speichern.',
}
export const timeOff = {
  title: 'Abwesenheiten',
  lead: 'Einige Tage weg, oder nur einen Teil davon. Patienten sehen dann keine Zeiten.',
  add: 'Abwesenheit eintragen',
  none: 'Es ist keine Abwesenheit geplant.',
  first: 'Erster Tag',
  last: 'Letzter Tag',
  wholeDays: 'Ganze Tage',
  fromTime: 'Von',
  untilTime: 'Bis',
  check: 'Abwesenheit speichern',
  keep: 'Nicht übernehmen',
  saved: 'Ihre Abwesenheit ist gespeichert.',
  removed: 'Ihre Abwesenheit ist entfernt. Patienten sehen diese Zeiten wieder.',
  removeLabel: (span: string) => `Abwesenheit ${span} entfernen`,
  range: (from: string, until: string) => `${from} bis ${until}`,
  orderWrong: 'Das Ende muss nach dem Anfang liegen.',
  touches: (span: string, count: number) => `Die Abwesenheit ${span} betrifft ${count} ${count === 1 ? 'gebuchten Termin' : 'gebuchte Termine'}`,
  consequence: (count: number) =>
    count === 1
      ? 'Wenn Sie sie speichern, sagen wir den Termin ab, erstatten alles und benachrichtigen die betroffene Person per E-Mail.'
      : 'Wenn Sie sie speichern, sagen wir die Termine ab, erstatten alles und benachrichtigen die betroffenen Personen per E-Mail.',
  choose: 'Andere Tage wählen',
  confirm: (count: number) => (count === 1 ? '1 Termin absagen und speichern' : `${count} Termine absagen und speichern`),
}
/** Ein eigener Kalender, nach dem niemand eine Zeit bucht, zu der man anderswo belegt ist. */
export const ownCalendar = {
  title: 'Ihr eigener Kalender',
  lead: 'Niemand kann eine Zeit buchen, zu der Sie in Ihrem Google Kalender belegt sind. Wir lesen nur, wann, nie, womit.',
  add: 'Meinen Kalender nutzen',
  how: (account: string) =>
    `Geben Sie ihn zuerst für ${account} frei: Öffnen Sie in Google Kalender die Einstellungen Ihres Kalenders, wählen Sie „Für bestimmte Personen freigeben“, und lassen Sie diese Adresse „Nur Frei/Gebucht-Status“ sehen.`,
  howUnknown: 'Geben Sie ihn zuerst für den Kalender der Klinik frei: Öffnen Sie in Google Kalender die Einstellungen Ihres Kalenders, wählen Sie „Für bestimmte Personen freigeben“, und lassen Sie die Klinik „Nur Frei/Gebucht-Status“ sehen.',
  address: 'Adresse Ihres Kalenders',
  unshared: 'Wir können diesen Kalender nicht sehen. Bitte prüfen Sie die Adresse, und ob er wie oben beschrieben freigegeben ist.',
  keep: 'Nicht übernehmen',
  connect: 'Jetzt lesen',
  connected: 'Wir lesen Ihren Kalender ab jetzt. Patienten sehen keine Zeiten, zu denen Sie belegt sind.',
  readAt: (when: string) => `Zuletzt gelesen: ${when}. Wir lesen ihn alle paar Minuten.`,
  read: 'Noch einmal lesen',
  readNow: 'Ihr Kalender wurde gerade gelesen.',
  end: 'Nicht mehr lesen',
  ended: 'Wir lesen Ihren Kalender nicht mehr. Patienten sehen wieder alle Ihre Sprechzeiten.',
  unread: 'Wir können Ihren Kalender gerade nicht lesen',
  closes: (when: string) => `Patienten sehen noch die Zeiten, die wir zuletzt gelesen haben. Ab ${when} kann niemand mehr neue Termine bei Ihnen buchen.`,
  closed: 'Niemand kann neue Termine bei Ihnen buchen',
  closedSince: (when: string) => `Wir konnten Ihren Kalender zu lange nicht lesen; seit ${when} sind keine Zeiten mehr offen. Gebuchte Termine bleiben.`,
  mend: 'Bitte prüfen Sie, ob der Kalender noch für uns freigegeben ist, und lassen Sie ihn dann noch einmal lesen.',
  stillUnread: 'Ihr Kalender wurde nicht gelesen',
}
/** Was die vier Angaben zusammen bedeuten. Ohne Pause oder Vorlauf null. */
export const inWords = (length: string, gap: string | null, notice: string | null, horizon: string) =>
  `Ein Termin dauert ${length}${gap ? `, danach gehören ${gap} Ihnen` : ', und der nächste kann gleich folgen'}. Patienten können ${notice ? `bis ${notice} vor Beginn` : 'bis zum Beginn'} buchen, höchstens ${horizon} im Voraus.`
export const nothingYet = 'Patienten finden bei Ihnen keine Zeiten, bis Sie Sprechzeiten eintragen und speichern.'
