/** Ein Termin, wie ihn die Ärztin oder der Arzt sieht. */
export { feedback, history, prescription } from './visitRecord'

export const title = (patient: string) => `Termin: ${patient}`
export const untitled = 'Termin'
export const back = 'Heute'
export const open = (patient: string, time: string) => `${patient}, ${time}: Termin öffnen`
export const relation = { child: 'Kind', parent: 'Elternteil', partner: 'Partner oder Partnerin', sibling: 'Bruder oder Schwester', other: 'Angehörig oder befreundet' }
export const forWhom = (relation: string, booker: string) => `${relation} von ${booker}`
export const bookedBy = (booker: string) => `Gebucht von ${booker}`
export const theirTime = (place: string) => `bei der Patientin oder dem Patienten (${place})`
export const reason = 'Anlass'
export const noReason = 'Es wurde kein Anlass angegeben.'
export const price = 'Preis'
export const contact = {
  title: 'Kontakt',
  of: (name: string) => `So erreichen Sie ${name}`,
  phone: 'Telefon',
  email: 'E-Mail',
  noPhone: 'Es ist keine Telefonnummer bekannt.',
}
export const health = {
  title: 'Gesundheitsangaben',
  conditions: 'Erkrankungen',
  medication: 'Medikamente',
  allergies: 'Allergien',
  born: 'Geboren',
  none: 'Nichts angegeben',
  empty: 'Es wurde noch nichts angegeben.',
  recorded: 'Nur Sie sehen das, und dass Sie es angesehen haben, wird beim Termin festgehalten.',
  changed: (day: string) => `Zuletzt geändert am ${day}`,
  gone: 'Die Angaben sind zu sehen, solange ein Termin gebucht ist, läuft oder stattgefunden hat.',
}
export const meeting = {
  join: 'Zum Videotermin',
  soon: 'Der Videolink wird vorbereitet.',
  late: 'Der Videolink verspätet sich. Wir versuchen es weiter; bitte rufen Sie an, wenn er nicht rechtzeitig da ist.',
}
export const steps = {
  arrive: 'Ist da',
  fulfil: 'Termin erledigt',
  'no-show': 'Nicht erschienen',
  'undo-no-show': 'Zurücknehmen: war doch da',
  label: (what: string, patient: string) => `${what}: ${patient}`,
  undoUntil: (day: string, time: string) => `Sie können das bis ${day}, ${time} zurücknehmen.`,
  from: (what: string, time: string) => `„${what}“ ab ${time}`,
  done: {
    arrive: (patient: string) => `${patient} ist da.`,
    fulfil: (patient: string) => `Der Termin von ${patient} ist erledigt.`,
    'no-show': (patient: string) => `${patient} ist als nicht erschienen vermerkt. Sie können das 24 Stunden lang zurücknehmen.`,
    'undo-no-show': (patient: string) => `Zurückgenommen: ${patient} war doch da.`,
  },
  confirm: {
    title: 'Ist dieser Termin erledigt?',
    text: (patient: string) => `Das lässt sich nicht zurücknehmen. Wir fragen ${patient} dann, wie es war, und Sie können ein Rezept schreiben.`,
    keep: 'Noch nicht',
    go: 'Ja, erledigt',
  },
}
export const actions = {
  title: 'Was Sie tun können',
  none: 'Hier ist nichts mehr zu tun.',
  cancel: 'Termin absagen',
  move: 'Auf eine andere Zeit verlegen',
  absent: 'Ich konnte nicht da sein',
  followUp: 'Zeiten für einen Folgetermin anbieten',
  prescribe: 'Rezept schreiben',
  prescribeAgain: 'Rezept ändern',
}
export const cancelling = {
  title: 'Diesen Termin absagen?',
  back: 'Erstattet wird',
  all: 'Alles, weil Sie absagen. Wir sagen per E-Mail Bescheid und bieten andere Zeiten an.',
  free: 'Es wurde nichts bezahlt, also wird nichts erstattet. Wir sagen per E-Mail Bescheid und bieten andere Zeiten an.',
  why: 'Warum? Die Patientin oder der Patient liest das.',
  reasons: ['Ich bin krank', 'Ein Notfall', 'Ich bin zu dieser Zeit nicht da', 'Ein anderer Grund'],
  keep: 'Termin behalten',
  go: (amount: string) => `Absagen und ${amount} erstatten`,
  goFree: 'Termin absagen',
  done: 'Der Termin ist abgesagt, und wir haben Bescheid gesagt.',
}
export const absent = {
  title: 'Sie konnten nicht da sein?',
  text: 'Der Termin ist dann abgesagt, und alles wird erstattet. Das lässt sich nicht zurücknehmen.',
  why: 'Was soll die Patientin oder der Patient wissen? (freiwillig)',
  keep: 'So lassen',
  go: (amount: string) => `Absagen und ${amount} erstatten`,
  goFree: 'Termin absagen',
  done: 'Der Termin ist abgesagt, und alles wird erstattet.',
}
export const moving = {
  title: 'Diesen Termin verlegen',
  free: 'Preis und Link bleiben. Bis zum neuen Beginn kann die Patientin oder der Patient absagen und bekommt alles zurück.',
  keep: 'Zeit behalten',
  go: (day: string, time: string) => `Auf ${day}, ${time} verlegen`,
  choose: 'Zeit wählen',
  done: 'Der Termin ist verlegt, und wir haben Bescheid gesagt.',
  whyNot: {
    not_booked: 'Verlegen lässt sich nur ein gebuchter Termin, der noch nicht begonnen hat.',
    disputed: 'Es wurde gemeldet, dass Sie nicht da waren. Bis das entschieden ist, lässt sich der Termin nicht verlegen.',
    over: 'Dieser Termin ist vorbei. Er lässt sich nicht verlegen.',
    unpaid: 'Dieser Termin wartet auf seine Bezahlung. Er lässt sich nicht verlegen.',
    too_late: 'Es ist zu spät, diesen Termin zu verlegen.',
    too_often: 'Dieser Termin wurde so oft verlegt, wie es geht.',
    not_listed: 'Sie nehmen zurzeit keine Buchungen an, deshalb gibt es keine freien Zeiten.',
  },
}
export const times = {
  day: 'Tag',
  dayChoice: (day: string, count: number) => `${day} · ${count === 1 ? '1 freie Zeit' : `${count} freie Zeiten`}`,
  label: 'Freie Zeiten',
  none: (until: string) => `Bis ${until} ist keine Zeit frei.`,
  later: 'Später suchen',
  theirs: (time: string, place: string) => `${time} ${place}`,
}
export const followUp = {
  title: 'Zeiten für einen Folgetermin anbieten',
  lead: (patient: string) => `Wählen Sie eine bis drei Zeiten. Wir reservieren sie für ${patient} und sagen per E-Mail Bescheid; eine wird genommen, die anderen sind wieder frei.`,
  until: 'Reservieren bis',
  untilHint: 'Danach sind sie wieder frei, oder wenn die erste beginnt.',
  untilWrong: 'Bitte wählen Sie einen Tag, der noch kommt.',
  keep: 'Jetzt nicht',
  go: (count: number) => (count === 1 ? '1 Zeit anbieten' : `${count} Zeiten anbieten`),
  most: (most: number) =>
    most === 1 ? 'Höchstens eine Zeit. Nehmen Sie sie zurück, um eine andere zu wählen.' : `Höchstens ${most} Zeiten. Nehmen Sie eine zurück, um eine andere zu wählen.`,
  done: (count: number) => (count === 1 ? '1 Zeit ist reserviert.' : `${count} Zeiten sind reserviert.`),
  kept: 'Reserviert',
}
export const badge = {
  pending: 'Reserviert',
  cancelled: { patient: 'Von Patientenseite abgesagt', doctor: 'Von Ihnen abgesagt', administrator: 'Von unserem Team abgesagt', system: 'Abgesagt' },
}
export const state = {
  cancelled: {
    patient: 'Dieser Termin wurde von Patientenseite abgesagt.',
    doctor: 'Sie haben diesen Termin abgesagt.',
    administrator: 'Unser Team hat diesen Termin abgesagt.',
    system: 'Dieser Termin wurde automatisch abgesagt.',
  },
  ended: {
    expired: 'Die Zeit wurde nicht genommen, solange sie reserviert war.',
    abandoned: 'Die Zeit wurde freigegeben.',
    replaced: 'Stattdessen wurde eine andere Zeit gewählt.',
    struck: 'Wegen Ihrer Abwesenheit abgesagt.',
    unpaid: 'Es wurde nicht rechtzeitig bezahlt.',
    doctor_absent: 'Sie konnten nicht da sein.',
  },
  refunded: (amount: string) => `${amount} wurden erstattet.`,
  voided: (reason: string) => `Unser Team hat diesen Termin als Versehen gestrichen: ${reason} Nichts davon zählt, und das Geld wird erstattet.`,
  said: (words: string) => `„${words}“`,
  claimed: 'Es wurde gemeldet, dass Sie nicht da waren. Unser Team entscheidet; bis dahin lässt sich hier nichts ändern.',
  rejected: (why: string) => `Es wurde gemeldet, dass Sie nicht da waren. Unser Team ist dem nicht gefolgt: ${why}`,
  unpaid: (day: string, time: string) => `Die Bank hat die Zahlung zurückgenommen. Wir bitten um eine neue Zahlung bis ${day}, ${time}; bis dahin kann niemand beitreten.`,
  held: (time: string) => `Bis ${time} für jemanden reserviert, der gerade bezahlt. Wer es ist und warum, sehen Sie nach der Buchung.`,
  offered: (day: string, time: string) => `Sie haben diese Zeit angeboten. Sie kann bis ${day}, ${time} angenommen werden.`,
}
