export const back = 'All doctors'
export const nothingElse = 'Nothing else to pay'
export const feeAndTax = (fee: string, tax: string) => `${fee} + ${tax} tax`
export const feeFree = 'This visit is free'
export const firstFree = 'First free:'
export const section = 'Choose a date and a time'
export const monthBefore = 'Month before'
export const monthAfter = 'Next month'
export const legendFree = 'Free times'
export const legendFull = 'Full'
export const legendToday = 'Today'
export const legendPale = 'Pale days are past or closed'
export const available = 'Available'
export const chosen = 'Chosen'
export const held = 'Held'
export const booked = 'Booked'
export const yourHold = 'Kept for you'
export const yourVisit = 'Your visit'
export const freeCount = (count: number) => `${count} free`
export const you = 'You'
export const doctor = 'Doctor'
export const morning = 'Morning'
export const afternoon = 'Afternoon'
export const evening = 'Evening'
export const dayState = {
  free: (count: number) => (count === 1 ? '1 free time' : `${count} free times`),
  full: 'full',
  closed: 'closed',
  past: 'past',
  beyond: 'not open for booking yet',
}
export const today = 'today'
export const otherTime = (time: string, place: string) => `${time} ${place}`
export const zones = {
  title: 'Two time zones',
  text: (yours: string, name: string, theirs: string, difference: string) =>
    `You are in ${yours}. ${name} is in ${theirs}, ${difference}. Large times are yours.`,
  ahead: (duration: string) => `${duration} ahead`,
  behind: (duration: string) => `${duration} behind`,
  change: 'Change my time zone',
}
export const chooseTime = 'Choose a time above. We keep it for you while you check and pay.'
export const visit = (minutes: number) => `Video visit, ${minutes} minutes`
export const hold = 'Hold this time'
export const holding = 'Keeping this time…'
export const signInToHold = 'Sign in to hold'
export const thisTime = 'this time'
export const patientsOnly = 'Only patients can book. You are signed in as staff.'
export const replaces = (time: string) => `We keep ${time} for you. If you hold this time instead, the other is let go.`
export const goOn = 'Check and pay'
export const addReason = 'Add a note for the doctor'
export const reasonLabel = 'What is the visit about? (optional)'
export const reasonHint = 'Only your doctor sees this.'
export const noSlotsDay = 'No times on this day.'
export const allTaken = 'Every time on this day is taken.'
export const nextFree = (day: string) => `Go to ${day}`
export const noneThisMonth = (month: string) => `No free times in ${month}.`
export const lookNextMonth = (month: string) => `Look at ${month}`
export const about = 'About'
export const aboutEmpty = 'This doctor has not written anything yet.'
export const feedback = 'What patients say'
export const feedbackEmpty = 'No patient has written yet.'
export const answered = 'The doctor’s answer'
export const moreFeedback = 'Show more'
export const slotsFailed = 'We could not load the times.'
export const notListed = {
  title: 'This doctor is not listed',
  text: 'The doctor may have stopped taking bookings. Your appointments are not affected.',
}
