export const title = 'Your appointments'
export const order = (place: string) => `${place} time, soonest first`
export const emptyUpcoming = 'You have no appointments yet'
export const emptyUpcomingText = 'When you hold or book a time, it appears here.'
export const payAgain = 'Your payment did not work out. Your time still stands. Please pay by'
export const find = 'Find a doctor'
export const findAgain = 'Find another time'
export const more = 'Show more'
export const today = 'Today'
export const tomorrow = 'Tomorrow'
export const join = 'Join visit'
export const calendarFile = 'openhours-visit.ics'
export const cancel = 'Cancel'
export const move = 'Move'
export const cancelLong = 'Cancel this appointment'
export const pay = (amount: string) => `Pay ${amount}`
export const details = 'Details'
export const openDetails = (doctor: string) => `Details of your appointment with ${doctor}`
export const payUntil = 'pay by'
export const booked = {
  title: 'You are booked',
  text: (doctor: string, day: string, time: string, place: string) => `${doctor}, ${day} at ${time} ${place} time.`,
  mail: (email: string) => `We send the details to ${email}.`,
  receipt: 'See the receipt',
  linkSoon: 'Your video link is being prepared; we will e-mail it to you.',
  linkLate: 'Your video link is late. Your booking stands; we keep trying and will e-mail it to you.',
}
export const heading = {
  booked: 'Your appointment',
  arrived: 'Your visit is on',
  fulfilled: 'Your visit is done',
  noshow: 'This visit was missed',
  cancelled: 'This appointment is cancelled',
  'entered-in-error': 'This was entered by mistake',
  pending: 'Check your appointment',
}
export const cancelledBy = {
  patient: 'You cancelled it.',
  doctor: 'Your doctor cancelled it.',
  administrator: 'Our staff cancelled it.',
  system: 'It was cancelled automatically.',
}
export const endedAs = {
  expired: 'It was not paid while we kept it.',
  abandoned: 'You let the time go.',
  replaced: 'You chose another time instead.',
  struck: 'Your doctor is away at that time.',
  unpaid: 'It was not paid in time.',
  doctor_absent: 'Your doctor did not come.',
}
export const disputed = 'You or your bank have disputed this payment. Your bank decides about the money and will tell you. There is nothing to do here.'
export const notCharged = 'You were not charged.'
export const refunded = (amount: string) => `We have given back ${amount}. It reaches your card in 5 to 10 days.`
export const joinHint = 'The link works from now until the visit ends.'
export const status = {
  appointment: {
    pending: 'Held for you',
    booked: 'Booked',
    arrived: 'Arrived',
    fulfilled: 'Done',
    noshow: 'Missed',
    cancelled: 'Cancelled',
    'entered-in-error': 'Entered by mistake',
  },
  heldNotPaid: 'Held for you, not paid yet',
  cancelledBy: { patient: 'Cancelled by you', doctor: 'Cancelled by your doctor', administrator: 'Cancelled by our staff', system: 'Cancelled' },
  expired: 'No longer kept',
  payment: {
    open: 'Not paid yet',
    authorized: 'Money reserved',
    captured: 'Paid',
    partially_refunded: 'Part refunded',
    refunded: 'Refunded',
    released: 'Not charged',
    expired: 'Payment timed out',
    disputed: 'Disputed',
  },
  meeting: { creating: 'Link is being prepared', failed: 'Link is late' },
}
export const cancelling = {
  title: 'Cancel this appointment?',
  back: 'You get back',
  all: 'All of it, to the card you paid with, in 5 to 10 days',
  part: 'Part of what you paid, to the card you paid with, in 5 to 10 days',
  nothing: 'It is too late for a refund. If you cancel now, nothing comes back.',
  free: 'You paid nothing, so nothing comes back.',
  why: 'Why are you cancelling?',
  reasons: ['I can no longer make this time', 'I found another doctor', 'I feel better', 'Another reason'],
  keep: 'Keep my appointment',
  confirm: (amount: string) => `Cancel and refund ${amount}`,
  confirmNothing: 'Cancel without a refund',
  confirmFree: 'Cancel the appointment',
  tooLate: 'This appointment can no longer be cancelled online.',
  done: 'Your appointment is cancelled.',
  doneRefund: (amount: string) => `Your appointment is cancelled. We are giving back ${amount}.`,
}
