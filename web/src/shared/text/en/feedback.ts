/** What a patient says of a visit. */
export const title = (doctor: string) => `How was your visit with ${doctor}?`
export const shortTitle = 'Feedback'
export const back = 'Past visits'
export const yours = 'Your feedback'
export const everybody = 'Everybody can read it, without your name. Please write nothing that others should not know of you.'
export const stars = 'How many stars?'
export const starNames = ['Bad', 'Not good', 'All right', 'Good', 'Very good']
export const star = (count: number, name: string) => (count === 1 ? `1 star, ${name}` : `${count} stars, ${name}`)
export const starsMissing = 'Please choose how many stars.'
export const headline = 'In a few words'
export const headlineHint = 'Like “Took time and explained well”.'
export const headlineMissing = 'Please write a few words.'
export const review = 'More (optional)'
export const reviewHint = 'What went well, what could be better?'
export const send = 'Send feedback'
export const change = 'Save changes'
export const until = (day: string, time: string) => `You can change it until ${day}, ${time}.`
export const closed = 'It can no longer be changed.'
export const sent = 'Thank you. Your feedback is there for everybody to read.'
export const changed = 'Your feedback is changed.'
export const keep = 'Leave it as it is'
export const edit = 'Change it'
export const answered = (doctor: string) => `Answer from ${doctor}`
export const hidden = (reason: string) => `This feedback is not shown to others: ${reason}`
export const hiddenPlain = 'This feedback is not shown to others.'
export const notYet = {
  title: 'There is nothing to say yet',
  text: 'You can give feedback once the visit has taken place and your doctor has closed it, at the latest a day after its end.',
  see: 'See the visit',
}
export const never = {
  title: 'No feedback for this visit',
  text: 'Feedback is for visits that took place.',
}
export const left = (count: number) => (count === 1 ? '1 letter left' : `${count} letters left`)
