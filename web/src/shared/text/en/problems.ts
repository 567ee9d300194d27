/** What a refusal says: what happened, what is safe, what to do. By the problem's type. */
import { FeedbackRequest, NewDependant, PasswordChange, ReportRequest } from '@/shared/api/limits'

export interface About {
  /** The time that was wanted, as “2:20 pm”. */
  time?: string
  holdMinutes?: number
  /** How long to wait, in seconds. */
  retryAfter?: number | null
}

const time = (about: About) => about.time ?? 'that time'

/** Where only a page that is older than the server can have asked so. */
const loadAgain = () => 'This page is out of date. Nothing was changed. Please load it again, and repeat that.'

export const sentences: Record<string, (about: About) => string> = {
  'slot-taken': (about) => `Someone else has just taken ${time(about)}. You have not paid anything. These times are still free:`,
  'slot-not-offered': (about) => `${capital(time(about))} is not offered any more. Please choose another time.`,
  'patient-busy': (about) => `You already have an appointment at ${time(about)}. Please choose another time, or cancel the other one first.`,
  'hold-expired': (about) =>
    `We kept ${time(about)} ${about.holdMinutes ? `for ${about.holdMinutes} minutes` : 'for you'}. It is now open to others. You were not charged. Try it again?`,
  'hold-limit': () => 'You are keeping as many times as one person may. Pay for one or let one go, and try again.',
  'refund-changed': () => 'The refund has changed since you looked. Nothing was cancelled. Please look at the new amount.',
  'cannot-reschedule': () => 'This visit cannot be moved any more. Nothing was changed. The page now shows how it stands.',
  'illegal-transition': () => 'This is no longer possible, because the appointment has changed. The page now shows how it stands.',
  'too-early': () => 'It is too early for that. Nothing was changed. The page shows from when it is possible.',
  'too-late': () => 'It is too late for that. Nothing was changed. The page now shows how it stands.',
  'offer-limit': () => 'Times are kept after this visit already, or as many as one doctor may keep. Nothing more was kept.',
  'checkout-unavailable': () => 'There is nothing to pay here any more. The page now shows how it stands.',
  'waitlist-limit': () => 'You are waiting for as many times as one person may. Stop waiting for one of them, and try again.',
  outdated: () => 'Somebody changed this a moment ago. Please look again.',
  'request-in-flight': () => 'We are still working on it. Please wait a moment.',
  'request-reused': () => 'Please load the page again and repeat that.',
  unauthenticated: () => 'Please sign in to go on. Nothing was changed.',
  'bad-credentials': () => 'The e-mail or the password is not right. Please check both.',
  'session-revoked': () => 'You have been signed out. Please sign in again.',
  forbidden: () => 'You are not allowed to do that.',
  'not-found': () => 'There is nothing here, or it is not yours.',
  'email-taken': () => 'There is already an account with this e-mail. Sign in instead.',
  'too-many-requests': (about) => waitAndRetry(about),
  validation: () => 'Please check what is marked.',
  'invalid-token': () => 'Please sign in to go on. Nothing was changed.',
  conflict: () => 'That is no longer possible. The page now shows how it stands.',
  'bad-cursor': () => 'The list has changed. Please load the page again.',
  'too-slow': () => 'That took too long. Please try again in a moment.',
  'internal-error': () => 'Something went wrong on our side. Please try again in a moment.',
  'time-off-conflicts': () => 'Booked visits lie in that time.',
  'provider-unavailable': () => 'Our payment partner does not answer just now. No money was taken. Please try again in a moment.',
  overloaded: () => 'Very many people are here just now. Nothing was changed. Please try again in a moment.',
  'storage-busy': () => 'Very many people are booking just now. Nothing was changed. Please try again in a moment.',
  'dependant-limit': () => 'You can add twenty people at most. Remove somebody first, then try again.',
  'dependant-has-visits': () => 'This person still has visits to come. Cancel those first. Nothing was changed.',
  'cannot-erase': () => 'Your account is still needed for a visit or a payment. Nothing was deleted.',
  'too-large': () => 'That is more than we can take at once. Nothing was changed. Please shorten the text, or choose a smaller picture.',
  'cross-origin': () => 'For your safety we answer our own pages only. Nothing was changed. Please open Openhours in a new tab and repeat that.',
  'wrong-host': loadAgain,
  'method-not-allowed': loadAgain,
  'unsupported-media-type': loadAgain,
  'idempotency-key-required': loadAgain,
  malformed: loadAgain,
  invalid: loadAgain,
  refused: () => 'That cannot be done. Nothing was changed. The page now shows how it stands.',
  unavailable: () => 'We cannot answer just now. Nothing was changed. Please try again in a moment.',
  offline: () => 'We could not reach Openhours. Please check your connection and try again.',
  unknown: () => 'That did not work, and we do not know why. Nothing was changed. Please try again.',
}

/** Why a time is not offered, where the reason helps. */
export const notOffered: Record<string, (about: About) => string> = {
  past: (about) => `${capital(time(about))} has already passed. Please choose a later time.`,
  notice: (about) => `${capital(time(about))} is too soon: the doctor needs more notice. Please choose a later time.`,
  horizon: () => 'That day is further ahead than this doctor books. Please choose an earlier day.',
  closed: (about) => `The doctor is not there at ${time(about)}. Please choose another time.`,
  off_grid: (about) => `The doctor has changed the hours, and ${time(about)} is gone. Please choose another time.`,
  time_off: (about) => `The doctor is away at ${time(about)}. Please choose another day.`,
  calendar_busy: (about) => `The doctor is busy at ${time(about)}. Please choose another time.`,
  calendar_unread: () => 'New visits with this doctor cannot be booked at the moment, since we do not know when the doctor is busy. Please try again later, or choose another doctor.',
  not_listed: () => 'This doctor does not take bookings at the moment. Please choose another doctor.',
}

function waitAndRetry({ retryAfter }: About): string {
  const wait = retryAfter && retryAfter > 90 ? `${Math.ceil(retryAfter / 60)} minutes` : 'a minute'
  return `That was tried too often. Please wait ${wait}, then try again.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What is wrong with a field of a form. */
export const fields: Record<string, string> = {
  birth_date: 'Please give a date of birth from 1900 until today.',
  title: `Please write a few words, at most ${FeedbackRequest.title.maxLength} letters.`,
  review: `Please write at most ${FeedbackRequest.review.maxLength} letters.`,
  text: `Please write what happened, in at most ${ReportRequest.text.maxLength} letters.`,
  stars: 'Please choose how many stars.',
  phone: 'Please type the number with its country code, like +1 312 555 0142.',
  name: `Please type a name of at most ${NewDependant.name.maxLength} letters.`,
  time_zone: 'Please choose a time zone from the list.',
  email: 'Please type an e-mail address like name@example.com.',
  current_password: 'This is not your password.',
  password: `Please choose a password of at least ${PasswordChange.password.minLength} characters that is neither your e-mail nor one that very many people use.`,
  specialization: 'Please choose or type a specialization.',
  'fee.amount': 'Please type 0, or a fee that a card can be charged.',
  fee: 'Please type 0, or a fee that a card can be charged.',
}
export const anyField = 'This cannot be used as it is. Please check it.'

/** A decline, by the code that the payment provider gave. */
export const declines: Record<string, string> = {
  insufficient_funds: 'There was not enough money on this card.',
  authentication_failed: 'The card’s confirmation step was not completed.',
  authentication_required: 'The card’s confirmation step was not completed.',
  expired_card: 'This card has expired.',
}
export const declined = {
  title: 'Your bank did not accept this card.',
  safe: 'No money was taken, and your time is still kept for you. Try another card, or ask your bank.',
}
