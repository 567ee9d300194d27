/** Reporting misconduct or a fault. */
export const title = 'Report a problem'
export const lead = 'An administrator of the clinic reads it. The other person is not told.'
export const emergency = 'If somebody is in danger, call your local emergency number first.'
export const about = 'What is it about?'
export const abouts = {
  appointment: { title: 'A visit', text: 'Somebody behaved badly, or something went wrong' },
  bug: { title: 'Openhours itself', text: 'Something on these pages does not work' },
}
export const visit = 'Which visit?'
export const chooseVisit = 'Please choose a visit'
export const visitMissing = 'Please choose the visit.'
export const noVisits = 'You have no visits to report on.'
export const visitLine = (day: string, time: string, who: string) => `${day}, ${time}: ${who}`
export const text = 'What happened?'
export const textHint = { appointment: 'In your own words. Who did or said what, and when?', bug: 'What did you want to do, and what happened instead?' }
export const textMissing = 'Please write what happened.'
export const send = 'Send the report'
export const left = (count: number) => (count === 1 ? '1 letter left' : `${count} letters left`)
export const sent = {
  title: 'Your report has arrived',
  text: 'Thank you for telling us. An administrator of the clinic reads it and deals with it.',
  another: 'Write another report',
  home: 'Go on',
}
