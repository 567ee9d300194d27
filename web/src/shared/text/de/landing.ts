export const title = 'Zum Arzt, wann es Ihnen passt'
export const lead = 'Wählen Sie eine Zeit, sehen Sie den vollen Preis, und treffen Sie Ihre Ärztin oder Ihren Arzt per Video. Umsehen können Sie sich ohne Anmeldung.'
export const need = 'Was brauchen Sie?'
export const needHint = 'Fachgebiet oder ein Name'
export const when = 'Wann?'
export const whenOptions = { any: 'Egal wann', today: 'Heute', '3': 'In 3 Tagen', '7': 'In 7 Tagen' }
export const find = 'Suchen'
export const often = 'Oft gesucht:'
export const nextFree = 'Nächste freie Zeiten'
export const seeAll = (count: number) => (count === 1 ? 'Die Praxis ansehen' : `Alle ${count} Praxen ansehen`)
export const noTimes = 'Gerade ist keine Zeit frei. Jeden Tag kommen neue dazu.'
export const timesFailed = 'Wir konnten die freien Zeiten nicht laden.'
export const who = 'Wer sind Sie?'
export const patient = 'Ich brauche einen Termin'
export const patientText = 'Melden Sie sich an, um zu buchen, zu bezahlen und Ihren Termin wahrzunehmen.'
export const patientTextSignedIn = 'Ihre Termine, auch die früheren.'
export const doctor = 'Ich biete Termine an'
export const doctorText = 'Für Ärztinnen und Ärzte: Nennen Sie Ihre Sprechzeiten. Um Kalender, Zahlungen und Erinnerungen kümmern wir uns.'
export const doctorTextSignedIn = 'Ihr heutiger Terminplan und Ihre Sprechzeiten.'
export const how = 'So geht es'
export const howSteps = (minutes: number | null) => [
  { title: 'Praxis und Zeit wählen', text: 'Jede Zeit, die Sie sehen, ist wirklich frei. Wir zeigen sie in Ihrer Zeitzone und in der Ihrer Praxis, wenn diese eine andere ist.' },
  {
    title: minutes ? `Wir halten sie ${minutes} Minuten für Sie frei` : 'Wir halten sie für Sie frei',
    text: 'Niemand sonst kann sie nehmen, während Sie prüfen und bezahlen. Sie brauchen sich nicht zu beeilen.',
  },
  { title: 'Treffen per Video', text: 'Den Link bekommen Sie per E-Mail, und er steht bei Ihren Terminen. Wir erinnern Sie am Tag davor und 15 Minuten vorher.' },
]
export const cost = 'Sie sehen zuerst den vollen Preis'
export const costText = 'Honorar und Steuer stehen auf der Seite der Praxis, bevor Sie sich anmelden. Sonst ist nichts zu bezahlen.'
export const policy = {
  all: 'Ihr ganzes Geld zurück',
  half: 'Die Hälfte zurück',
  some: (percent: number) => `${percent} % zurück`,
  none: 'Nichts zurück',
  atLeast: (hours: string) => `, wenn Sie mindestens ${hours} vorher absagen`,
  after: ' danach. Wenn die Praxis absagt, bekommen Sie immer alles zurück',
  never: ', wenn Sie absagen. Wenn die Praxis absagt, bekommen Sie immer alles zurück',
}
export const example = 'Zum Beispiel'
export const exampleLabel = 'Beispiel für einen Preis'
export const report = 'Problem melden'
