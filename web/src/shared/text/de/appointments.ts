export const title = 'Ihre Termine'
export const order = (place: string) => `Ortszeit ${place}, die nächsten zuerst`
export const emptyUpcoming = 'Sie haben noch keine Termine'
export const emptyUpcomingText = 'Sobald Sie eine Zeit reservieren oder buchen, steht sie hier.'
export const payAgain = 'Ihre Zahlung hat nicht geklappt. Ihr Termin gilt weiter. Bitte bezahlen Sie bis'
export const find = 'Arzt oder Ärztin finden'
export const findAgain = 'Eine andere Zeit suchen'
export const more = 'Mehr anzeigen'
export const today = 'Heute'
export const tomorrow = 'Morgen'
export const join = 'Zum Videotermin'
export const calendarFile = 'openhours-termin.ics'
export const cancel = 'Absagen'
export const move = 'Verschieben'
export const cancelLong = 'Diesen Termin absagen'
export const pay = (amount: string) => `${amount} bezahlen`
export const details = 'Einzelheiten'
export const openDetails = (doctor: string) => `Einzelheiten Ihres Termins bei ${doctor}`
export const payUntil = 'bezahlen bis'
export const booked = {
  title: 'Ihr Termin ist gebucht',
  text: (doctor: string, day: string, time: string, place: string) => `${doctor}, ${day} um ${time}, Ortszeit ${place}.`,
  mail: (email: string) => `Wir senden die Einzelheiten an ${email}.`,
  receipt: 'Rechnung ansehen',
  linkSoon: 'Ihr Videolink wird vorbereitet. Sie bekommen ihn per E-Mail.',
  linkLate: 'Ihr Videolink verspätet sich. Ihr Termin gilt. Wir versuchen es weiter und senden Ihnen den Link per E-Mail.',
}
export const heading = {
  booked: 'Ihr Termin',
  arrived: 'Ihr Termin läuft',
  fulfilled: 'Ihr Termin ist vorbei',
  noshow: 'Dieser Termin wurde versäumt',
  cancelled: 'Dieser Termin ist abgesagt',
  'entered-in-error': 'Dies wurde irrtümlich eingetragen',
  pending: 'Bitte prüfen Sie Ihren Termin',
}
export const cancelledBy = {
  patient: 'Sie haben ihn abgesagt.',
  doctor: 'Die Praxis hat ihn abgesagt.',
  administrator: 'Unsere Verwaltung hat ihn abgesagt.',
  system: 'Er wurde automatisch abgesagt.',
}
export const endedAs = {
  expired: 'Er wurde nicht bezahlt, solange wir ihn reserviert hatten.',
  abandoned: 'Sie haben die Zeit freigegeben.',
  replaced: 'Sie haben stattdessen eine andere Zeit gewählt.',
  struck: 'Die Praxis ist zu dieser Zeit nicht da.',
  unpaid: 'Er wurde nicht rechtzeitig bezahlt.',
  doctor_absent: 'Die Ärztin oder der Arzt ist nicht gekommen.',
}
export const disputed =
  'Sie oder Ihre Bank haben dieser Zahlung widersprochen. Ihre Bank entscheidet über das Geld und gibt Ihnen Bescheid. Hier ist nichts zu tun.'
export const notCharged = 'Ihnen wurde nichts berechnet.'
export const refunded = (amount: string) => `Wir haben ${amount} erstattet. Das Geld ist in 5 bis 10 Tagen auf Ihrer Karte.`
export const joinHint = 'Der Link gilt ab jetzt, bis der Termin endet.'
export const status = {
  appointment: {
    pending: 'Für Sie reserviert',
    booked: 'Gebucht',
    arrived: 'Eingetroffen',
    fulfilled: 'Erledigt',
    noshow: 'Versäumt',
    cancelled: 'Abgesagt',
    'entered-in-error': 'Irrtümlich eingetragen',
  },
  heldNotPaid: 'Für Sie reserviert, noch nicht bezahlt',
  cancelledBy: { patient: 'Von Ihnen abgesagt', doctor: 'Von der Praxis abgesagt', administrator: 'Von unserer Verwaltung abgesagt', system: 'Abgesagt' },
  expired: 'Nicht mehr reserviert',
  payment: {
    open: 'Noch nicht bezahlt',
    authorized: 'Betrag vorgemerkt',
    captured: 'Bezahlt',
    partially_refunded: 'Teilweise erstattet',
    refunded: 'Erstattet',
    released: 'Nicht berechnet',
    expired: 'Zahlungsfrist abgelaufen',
    disputed: 'Widersprochen',
  },
  meeting: { creating: 'Link wird vorbereitet', failed: 'Link verspätet sich' },
}
export const cancelling = {
  title: 'Diesen Termin absagen?',
  back: 'Sie bekommen zurück',
  all: 'Alles, auf die Karte, mit der Sie bezahlt haben, in 5 bis 10 Tagen',
  part: 'Einen Teil des bezahlten Betrags, auf die Karte, mit der Sie bezahlt haben, in 5 bis 10 Tagen',
  nothing: 'Für eine Erstattung ist es zu spät. Wenn Sie jetzt absagen, bekommen Sie nichts zurück.',
  free: 'Sie haben nichts bezahlt und bekommen deshalb nichts zurück.',
  why: 'Warum sagen Sie ab?',
  reasons: ['Ich kann zu dieser Zeit nicht mehr', 'Ich habe eine andere Praxis gefunden', 'Es geht mir besser', 'Ein anderer Grund'],
  keep: 'Termin behalten',
  confirm: (amount: string) => `Absagen und ${amount} erstatten`,
  confirmNothing: 'Ohne Erstattung absagen',
  confirmFree: 'Termin absagen',
  tooLate: 'Dieser Termin kann nicht mehr online abgesagt werden.',
  done: 'Ihr Termin ist abgesagt.',
  doneRefund: (amount: string) => `Ihr Termin ist abgesagt. Wir erstatten ${amount}.`,
}
