export const product = 'Openhours'
export const skip = 'Skip to the content'
export const close = 'Close'
export const loading = 'Loading…'
export const tryAgain = 'Try again'
export const menu = 'Main'
export const menuBottom = 'Main, bottom'
export const zoneTime = (place: string) => `${place} time`
export const noRatings = 'New, no ratings yet'
export const ratingSpoken = (average: string, count: number) => `Rated ${average} of 5 by ${count} ${count === 1 ? 'patient' : 'patients'}`
export const starsSpoken = (count: number) => `${count} of 5 stars`
export const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`)
export const hours = (count: number) => (count === 1 ? '1 hour' : `${count} hours`)
export const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
export const duration = (count: number) => {
  const whole = Math.floor(count / 60)
  const rest = count % 60
  return [whole > 0 && hours(whole), rest > 0 && minutes(rest)].filter(Boolean).join(' ') || minutes(0)
}
export const nav = {
  find: 'Find a doctor',
  findShort: 'Find',
  appointments: 'Appointments',
  past: 'Past visits',
  you: 'You',
  signIn: 'Sign in',
  signOut: 'Sign out',
  cost: 'What it costs',
  forDoctors: 'For doctors',
  today: 'Today',
  hours: 'Hours',
  doctors: 'Doctors',
  more: 'More',
}
export const yourDetails = (name: string) => `Your details: ${name}`
export const preferences = {
  language: 'Language',
  colours: 'Colours',
  schemes: { auto: 'As on this device', light: 'Light', dark: 'Dark' },
}
export const footer = 'Footer'
export const notFound = {
  title: 'There is nothing here',
  text: 'The address may be mistyped, or the page is no longer there. Nothing of yours is lost.',
  home: 'Go to the first page',
}
export const crash = {
  title: 'This page stopped working',
  text: 'It is our fault. Nothing that you have booked or paid is affected.',
  reload: 'Load the page again',
  home: 'Go to the first page',
  notArrived: {
    title: 'This page did not arrive',
    text: 'Your connection was interrupted, or there is a newer version of Openhours. Nothing that you have booked or paid is affected. Please load the page again.',
  },
}
export const notShown = 'This page cannot be shown'
/** Pages that stand at the foot of every page. */
export const about = { help: 'Help', accessibility: 'Accessibility', privacy: 'Privacy' }
export const offline = 'You are not connected. What you have typed stays here; please go on when the connection is back.'
export const lapsed = {
  title: 'Please sign in again',
  text: 'Your session has ended. What you were doing is kept on this page, and you can go on as soon as you have signed in.',
  inNewTab: 'Sign in in a new tab',
  comeBack: 'Then come back to this tab: it goes on by itself.',
  giveUp: 'Leave without what I typed',
}
export const wrongRole = {
  title: 'This page is for somebody else',
  text: (needed: string, present: string) => `It is for ${needed}, and you are signed in as ${present}.`,
  roles: { patient: 'patients', doctor: 'doctors', administrator: 'administrators' },
  you: { patient: 'a patient', doctor: 'a doctor', administrator: 'an administrator' },
  home: 'Go to your page',
}
