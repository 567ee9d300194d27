export const title = 'See a doctor at a time that suits you'
export const lead = 'Choose a time, see the full price, and meet your doctor by video. You can look around without signing in.'
export const need = 'What do you need?'
export const needHint = 'Skin, heart, or a doctor’s name'
export const when = 'When?'
export const whenOptions = { any: 'Any day', today: 'Today', '3': 'In 3 days', '7': 'In 7 days' }
export const find = 'Find a doctor'
export const often = 'Often searched:'
export const nextFree = 'Next free times'
export const seeAll = (count: number) => (count === 1 ? 'See the doctor' : `See all ${count} doctors`)
export const noTimes = 'No times are free just now. New ones open every day.'
export const timesFailed = 'We could not load the free times.'
export const who = 'Who are you?'
export const patient = 'I am a patient'
export const patientText = 'Sign in to book, pay and join your visit.'
export const patientTextSignedIn = 'Your appointments and past visits.'
export const doctor = 'I am a doctor'
export const doctorText = 'Publish your hours. We keep the diary, the payments and the reminders.'
export const doctorTextSignedIn = 'Your schedule of today and your hours.'
export const how = 'How it works'
export const howSteps = (minutes: number | null) => [
  { title: 'Choose a doctor and a time', text: 'Every time you see is really free. We show it in your time zone, and in the doctor’s if it differs.' },
  {
    title: minutes ? `We keep it for you for ${minutes} minutes` : 'We keep it for you',
    text: 'Nobody else can take it while you read the receipt and pay. You do not need to hurry.',
  },
  { title: 'Meet by video', text: 'You get a link by e-mail and on your appointments page. We remind you the day before and 15 minutes before.' },
]
export const cost = 'You see the full price first'
export const costText = 'The fee and the tax are on the doctor’s page, before you sign in. There is nothing to pay besides them.'
export const policy = {
  all: 'All your money back',
  half: 'Half back',
  some: (percent: number) => `${percent}% back`,
  none: 'Nothing back',
  atLeast: (hours: string) => ` if you cancel at least ${hours} before`,
  after: ' after that. If your doctor cancels, you always get all of it',
  never: ' when you cancel. If your doctor cancels, you always get all of it',
}
export const example = 'For example'
export const exampleLabel = 'Example of a price'
export const report = 'Report a problem'
