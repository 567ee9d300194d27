/** Waiting for a time that somebody else gives back. */
export const title = 'Waiting for a time'
export const lead = 'When a time becomes free that suits you, we keep it for you for a short while and write to you. First come, first served.'
export const empty = 'You are not waiting for anything'
export const emptyText = 'Where a doctor has no time that suits you, choose “Tell me when a time becomes free” there.'
export const find = 'Find a doctor'
export const link = 'Waiting for a time'
export const linkCount = (count: number) => `Waiting for ${count === 1 ? '1 time' : `${count} times`}`
export const ask = 'Tell me when a time becomes free'
export const askLead = 'No time that suits you?'
export const askEarlier = 'Tell me if an earlier time becomes free'
export const waitingEarlier = 'You are waiting for an earlier time.'
export const waitingHere = 'You are waiting for a time with this doctor.'
export const waitingField = (field: string) => `You are waiting for a time in ${field}.`
export const see = 'See what you wait for'
export const joining = {
  title: 'Wait for a time',
  titleEarlier: 'Wait for an earlier time',
  doctor: (name: string) => `With ${name}`,
  field: (name: string) => `With any doctor of ${name}`,
  earlier: (when: string) => `Your visit of ${when} stays yours. If an earlier time becomes free, you can move to it and pay nothing more.`,
  how: 'As soon as such a time becomes free, we keep it for you for a short while and write to you. Nothing is charged until you accept and pay.',
  from: 'From',
  until: 'Until',
  part: 'Time of day',
  partHint: 'By the doctor’s clock.',
  parts: { any: 'Any time of day', morning: 'Morning, until 12', afternoon: 'Afternoon, 12 to 5', evening: 'Evening, from 5' },
  wrong: 'Please choose a first day that is not after the last one.',
  keep: 'Not now',
  go: 'Wait for it',
  done: 'We write to you as soon as such a time becomes free.',
}
export const item = {
  earlier: 'An earlier time',
  doctorGone: 'This doctor takes no bookings at the moment',
  window: (from: string, until: string) => `${from} to ${until}`,
  before: (when: string) => `Before your visit of ${when}`,
  offered: 'A time is kept for you now',
  answer: 'Answer the offer',
  leave: 'Stop waiting',
  ask: {
    title: 'Stop waiting for this?',
    text: 'You lose your place in the line. If you wait again later, those who wait by then come before you.',
    offered: 'The time that is kept for you now stays kept until you answer or it lapses. You lose your place in the line.',
    keep: 'Go on waiting',
  },
  leaveName: (what: string) => `Stop waiting: ${what}`,
  left: 'You no longer wait for this time.',
  again: 'Wait again',
}
