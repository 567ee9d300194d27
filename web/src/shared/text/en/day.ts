/** What today's page says beside the list. */
export const now = (time: string) => `Now ${time}`
export const left = (minutes: string) => `${minutes} left`
export const print = 'Print the day'
export const printed = (day: string) => `Visits on ${day}`
export const calendar = 'Open the calendar'
export const cameInHeld = (time: string) => `Somebody is paying for ${time} today.`
export const cameBooked = (patient: string, time: string) => `Booked today: ${patient}, ${time}.`
export const calledOff = (patient: string, time: string) => `Cancelled: ${patient}, today ${time}.`
export const stale = 'This list could not be brought up to date. It shows how things stood a while ago.'
