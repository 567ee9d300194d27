/** One visit, as its doctor sees it. */
export { feedback, history, prescription } from './visitRecord'

export const title = (patient: string) => `Visit: ${patient}`
export const untitled = 'Visit'
export const back = 'Today'
export const open = (patient: string, time: string) => `${patient}, ${time}: open the visit`
export const relation = { child: 'child', parent: 'parent', partner: 'partner', sibling: 'brother or sister', other: 'relative or friend' }
export const forWhom = (relation: string, booker: string) => `${relation} of ${booker}`
export const bookedBy = (booker: string) => `Booked by ${booker}`
export const theirTime = (place: string) => `for the patient (${place})`
export const reason = 'Reason'
export const noReason = 'The patient gave no reason.'
export const price = 'Price'
export const contact = {
  title: 'Contact',
  of: (name: string) => `To reach ${name}`,
  phone: 'Phone',
  email: 'E-mail',
  noPhone: 'No phone number is known.',
}
export const health = {
  title: 'Medical profile',
  conditions: 'Conditions',
  medication: 'Medication',
  allergies: 'Allergies',
  born: 'Born',
  none: 'Nothing told',
  empty: 'The patient has not told anything yet.',
  recorded: 'Only you see this, and that you looked is on record with the visit.',
  changed: (day: string) => `Last changed on ${day}`,
  gone: 'It is shown while a visit is booked, under way or done.',
}
export const meeting = {
  join: 'Join visit',
  soon: 'The video link is being prepared.',
  late: 'The video link is late. We keep trying; please call the patient if it is not here in time.',
}
export const steps = {
  arrive: 'Arrived',
  fulfil: 'Visit done',
  'no-show': 'Did not come',
  'undo-no-show': 'Undo: they did come',
  label: (what: string, patient: string) => `${what}: ${patient}`,
  undoUntil: (day: string, time: string) => `You can take this back until ${day}, ${time}.`,
  from: (what: string, time: string) => `“${what}” from ${time}`,
  done: {
    arrive: (patient: string) => `${patient} has arrived.`,
    fulfil: (patient: string) => `The visit of ${patient} is done.`,
    'no-show': (patient: string) => `${patient} is marked as not having come. You can undo this for 24 hours.`,
    'undo-no-show': (patient: string) => `Taken back: ${patient} did come.`,
  },
  confirm: {
    title: 'Is this visit done?',
    text: (patient: string) => `This cannot be taken back. We then ask ${patient} how it was, and you can write a prescription.`,
    keep: 'Not yet',
    go: 'Yes, it is done',
  },
}
export const actions = {
  title: 'What you can do',
  none: 'There is nothing left to do here.',
  cancel: 'Cancel the visit',
  move: 'Move to another time',
  absent: 'I could not be there',
  followUp: 'Offer times for a follow-up',
  prescribe: 'Write a prescription',
  prescribeAgain: 'Change the prescription',
}
export const cancelling = {
  title: 'Cancel this visit?',
  back: 'The patient gets back',
  all: 'Everything, because you cancel. We tell the patient by e-mail and offer other times.',
  free: 'The patient has paid nothing, so nothing goes back. We tell them by e-mail and offer other times.',
  why: 'Why? The patient reads this.',
  reasons: ['I am ill', 'An emergency', 'I am away at that time', 'Another reason'],
  keep: 'Keep the visit',
  go: (amount: string) => `Cancel and refund ${amount}`,
  goFree: 'Cancel the visit',
  done: 'The visit is cancelled, and the patient is told.',
}
export const absent = {
  title: 'You could not be there?',
  text: 'The visit is then cancelled, and everything goes back to the patient. This cannot be taken back.',
  why: 'What should the patient know? (optional)',
  keep: 'Leave it as it is',
  go: (amount: string) => `Cancel and refund ${amount}`,
  goFree: 'Cancel the visit',
  done: 'The visit is cancelled, and everything goes back to the patient.',
}
export const moving = {
  title: 'Move this visit',
  free: 'Same patient, same price, same link. Until the new start the patient can cancel and gets everything back.',
  keep: 'Keep the time',
  go: (day: string, time: string) => `Move to ${day}, ${time}`,
  choose: 'Choose a time',
  done: 'The visit is moved, and the patient is told.',
  whyNot: {
    not_booked: 'Only a visit that is booked and not under way can be moved.',
    disputed: 'The patient says that you did not come. Until that is decided, the visit cannot be moved.',
    over: 'This visit is over. It cannot be moved.',
    unpaid: 'This visit waits for its payment. It cannot be moved.',
    too_late: 'It is too late to move this visit.',
    too_often: 'This visit was moved as often as it may be.',
    not_listed: 'You take no bookings at the moment, so there are no free times.',
  },
}
export const times = {
  day: 'Day',
  dayChoice: (day: string, count: number) => `${day} · ${count === 1 ? '1 free time' : `${count} free times`}`,
  label: 'Free times',
  none: (until: string) => `No time is free until ${until}.`,
  later: 'Look further ahead',
  theirs: (time: string, place: string) => `${time} ${place}`,
}
export const followUp = {
  title: 'Offer times for a follow-up',
  lead: (patient: string) => `Choose one to three times. We keep them for ${patient} and tell them by e-mail; they take one, and the others are free again.`,
  until: 'Keep them until',
  untilHint: 'They are free again after this, or when the first of them begins.',
  untilWrong: 'Please choose a day that is still to come.',
  keep: 'Not now',
  go: (count: number) => (count === 1 ? 'Offer 1 time' : `Offer ${count} times`),
  most: (most: number) => (most === 1 ? 'One time at most. Take it back to choose another.' : `${most} times at most. Take one back to choose another.`),
  done: (count: number) => (count === 1 ? '1 time is kept for the patient.' : `${count} times are kept for the patient.`),
  kept: 'Kept for the patient',
}
export const badge = {
  pending: 'Held',
  cancelled: { patient: 'Cancelled by the patient', doctor: 'Cancelled by you', administrator: 'Cancelled by our staff', system: 'Cancelled' },
}
export const state = {
  cancelled: { patient: 'The patient cancelled this visit.', doctor: 'You cancelled this visit.', administrator: 'Our staff cancelled this visit.', system: 'This visit was cancelled automatically.' },
  ended: {
    expired: 'The time was not taken while it was kept.',
    abandoned: 'The patient let the time go.',
    replaced: 'The patient chose another time instead.',
    struck: 'Cancelled for your time off.',
    unpaid: 'It was not paid in time.',
    doctor_absent: 'You could not be there.',
  },
  refunded: (amount: string) => `${amount} went back to the patient.`,
  voided: (reason: string) => `Our staff struck this visit as entered by mistake: ${reason} Nothing counts of it, and the money goes back.`,
  said: (words: string) => `“${words}”`,
  claimed: 'The patient says that you did not come. Our staff will decide; until then nothing can be changed here.',
  rejected: (why: string) => `The patient said that you did not come. Our staff did not follow this: ${why}`,
  unpaid: (day: string, time: string) => `The patient’s bank took back the payment. They are asked to pay again by ${day}, ${time}; until then nobody can join.`,
  held: (time: string) => `Kept until ${time} for somebody who is paying. Who it is, and why, you see once it is booked.`,
  offered: (day: string, time: string) => `You offered this time. The patient can take it until ${day}, ${time}.`,
}
