export const title = 'Auf eine Zeit warten'
export const lead = 'Wenn eine passende Zeit frei wird, halten wir sie kurz für Sie frei und schreiben Ihnen. Wer zuerst wartet, wird zuerst gefragt.'
export const empty = 'Sie warten auf nichts'
export const emptyText = 'Wo eine Praxis keine passende Zeit hat, wählen Sie dort „Bescheid geben, wenn eine Zeit frei wird“.'
export const find = 'Arzt oder Ärztin finden'
export const link = 'Auf eine Zeit warten'
export const linkCount = (count: number) => `Sie warten auf ${count === 1 ? '1 Zeit' : `${count} Zeiten`}`
export const ask = 'Bescheid geben, wenn eine Zeit frei wird'
export const askLead = 'Keine passende Zeit?'
export const askEarlier = 'Bescheid geben, wenn eine frühere Zeit frei wird'
export const waitingEarlier = 'Sie warten auf eine frühere Zeit.'
export const waitingHere = 'Sie warten auf eine Zeit bei dieser Praxis.'
export const waitingField = (field: string) => `Sie warten auf eine Zeit: ${field}.`
export const see = 'Ansehen, worauf Sie warten'
export const joining = {
  title: 'Auf eine Zeit warten',
  titleEarlier: 'Auf eine frühere Zeit warten',
  doctor: (name: string) => `Bei ${name}`,
  field: (name: string) => `Bei einer beliebigen Praxis: ${name}`,
  earlier: (when: string) => `Ihr Termin am ${when} bleibt Ihnen. Wird eine frühere Zeit frei, können Sie auf sie verschieben und bezahlen nichts zusätzlich.`,
  how: 'Sobald eine solche Zeit frei wird, halten wir sie kurz für Sie frei und schreiben Ihnen. Es wird nichts berechnet, bis Sie annehmen und bezahlen.',
  from: 'Von',
  until: 'Bis',
  part: 'Tageszeit',
  partHint: 'Nach der Uhr der Praxis.',
  parts: { any: 'Jede Tageszeit', morning: 'Vormittag, bis 12 Uhr', afternoon: 'Nachmittag, 12 bis 17 Uhr', evening: 'Abend, ab 17 Uhr' },
  wrong: 'Bitte wählen Sie einen ersten Tag, der nicht nach dem letzten liegt.',
  keep: 'Jetzt nicht',
  go: 'Darauf warten',
  done: 'Wir schreiben Ihnen, sobald eine solche Zeit frei wird.',
}
export const item = {
  earlier: 'Eine frühere Zeit',
  doctorGone: 'Diese Praxis nimmt zurzeit keine Buchungen an',
  window: (from: string, until: string) => `${from} bis ${until}`,
  before: (when: string) => `Vor Ihrem Termin am ${when}`,
  offered: 'Gerade ist eine Zeit für Sie reserviert',
  answer: 'Auf das Angebot antworten',
  leave: 'Nicht mehr warten',
  ask: {
    title: 'Nicht mehr darauf warten?',
    text: 'Sie verlieren Ihren Platz in der Reihe. Wenn Sie später wieder warten, sind alle vor Ihnen, die dann schon warten.',
    offered: 'Die Zeit, die gerade für Sie reserviert ist, bleibt es, bis Sie antworten oder die Frist abläuft. Ihren Platz in der Reihe verlieren Sie.',
    keep: 'Weiter warten',
  },
  leaveName: (what: string) => `Nicht mehr warten: ${what}`,
  left: 'Sie warten nicht mehr auf diese Zeit.',
  again: 'Wieder warten',
}
