export const steps = { label: 'Booking steps', time: 'Time', check: 'Check', pay: 'Pay' }
export const title = 'Check your appointment'
export const receiptLabel = 'Receipt'
export const receipt = (number: string) => `Receipt ${number}`
export const noReceiptYet = 'Receipt number follows when you have paid'
export const doctorZone = (place: string) => `in ${place}, where your doctor is`
export const visit = (specialization: string, minutes: string) => `${specialization}, by video, ${minutes}`
export const fee = 'Visit fee'
export const tax = (percent: string) => `Tax (${percent})`
export const total = 'You pay'
export const paid = 'You paid'
export const forWhom = 'The visit is for'
export const note = 'Your note for the doctor'
export const keeping = 'Please pay by'
export const nobodyElse = 'Until then nobody else can take this time.'
export const left = (text: string) => `${text} left`
export const payBy = 'pay by'
export const closed = 'The time to pay is over. You were not charged. In a minute this time is open to everybody again.'
export const spokenLeft = (minutes: number) => (minutes === 1 ? 'One minute left to pay.' : `${minutes} minutes left to pay.`)
export const pay = (amount: string) => `Pay ${amount}`
export const book = 'Book this free visit'
export const opening = 'Opening the payment page…'
export const paySafe = 'You pay on our payment partner’s secure page. We take the money only once your time is booked.'
export const paySimulated = 'Payments are simulated here: no real card is charged.'
export const letGo = 'Let this time go'
export const letGoDone = 'You let the time go. You were not charged.'
export const expired = {
  title: 'The time is no longer kept',
  again: (time: string) => `Try ${time} again`,
  other: 'Choose another time',
}
export const goneTitle = 'This time is no longer kept for you'
export const confirming = {
  title: 'Confirming your payment',
  text: 'Your bank has answered, and we are booking your time. This takes a few seconds.',
  slow: 'It takes longer than usual. You may close this page: we send you an e-mail as soon as it is done. Your time is kept for you meanwhile.',
  notPaid: 'We have not heard of a payment yet.',
  back: 'Back to the receipt',
}
export const policy = {
  title: 'If you need to cancel',
  all: 'All back',
  half: 'Half',
  some: (percent: number) => `${percent}%`,
  none: 'None',
  until: 'until',
  overSince: 'ended',
  now: 'Now',
  afterThat: 'after that',
  doctorCancels: (name: string) => `If ${name} cancels, you get all of it back.`,
}
