import { DoctorRegistration } from '@/shared/api/limits'

export const title = 'Register as a doctor'
export const lead = 'Three short steps, and a picture if you like. You can sign in at once, and patients see you as soon as an administrator has approved you.'
export const steps = ['Your account', 'Your practice', 'Your time', 'Your picture']
export const progress = (step: number, of: number) => `Step ${step} of ${of}`
export const stepsLabel = 'Steps of registering'
export const name = 'Name'
export const nameHint = 'As patients shall read it, like Dr Amara Okafor.'
export const emailHint = 'You sign in with it. Patients do not see it.'
export const passwordHint = `At least ${DoctorRegistration.password.minLength} characters; longer is better, a sentence for example. Not your e-mail address, and none that very many people use.`
export const phoneHint = 'With the country code, like +1 312 555 0142. Patients do not see it.'
export const specialization = 'Specialization'
export const specializationHint = 'Choose one from the list, or type your own.'
export const fee = (currency: string) => `Fee for a visit, before tax (${currency})`
export const feeHint = '0 for free visits. You can change it later.'
export const price = {
  total: (total: string, percent: string) => `Patients pay ${total}, with ${percent} tax. Nothing else is added.`,
  free: 'Visits are free for patients.',
}
export const zoneHint = 'Your hours are meant in it, and your schedule is shown in it.'
export const languages = 'Languages you speak (optional)'
export const languagesHint = 'With commas between them, like English, Igbo.'
export const qualifications = 'Qualifications (optional)'
export const qualificationsHint = 'Degrees and boards. The administrator who approves you reads them, and patients too.'
export const about = 'About you (optional)'
export const aboutHint = 'What you look after, and what patients should have ready.'
export const picture = {
  title: 'You are registered',
  lead: 'Patients like to see whom they will talk to. Add a picture now, or at any time in your profile.',
  go: 'Go on',
  without: 'Go on without a picture',
}
export const next = 'Next'
export const back = 'Back'
export const submit = 'Register'
export const already = 'Already registered?'
export const signIn = 'Sign in instead'
export const hoursLater = {
  title: 'What comes after',
  items: [
    'You are signed in at once, and we send you an e-mail.',
    'An administrator looks at your registration and approves it. You get an e-mail then.',
    'Meanwhile you can set your hours, and add a picture. Without hours, patients find no times.',
  ],
}
export const leave = 'Your registration is not sent yet. Leave, and lose what you have typed?'
export const takenHint = 'If it is yours, sign in. If not, use another e-mail.'
export const standing = {
  pending: {
    title: 'Your registration waits for approval',
    text: 'An administrator looks at it now. You get an e-mail as soon as it is decided, and this page tells you too.',
    meanwhile: 'Meanwhile you can get ready:',
  },
  rejected: {
    title: 'Your registration was not approved',
    text: 'Patients cannot find you. If something was missing, complete your profile and tell us: an administrator can still approve you.',
  },
  suspended: {
    title: 'You are suspended',
    text: 'Patients cannot find or book you. Visits that are booked take place unless you read here that they are cancelled. If you think that this is a mistake, tell us.',
  },
  said: (reason: string) => `The administrator wrote: “${reason}”`,
  profile: 'Complete your profile',
  hours: 'Set your hours',
  tell: 'Tell us',
}
