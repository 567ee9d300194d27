export const signIn = {
  title: 'Sign in',
  lead: 'To book, pay and join your visit.',
  google: 'Continue with Google',
  googleSimulated: 'Google is simulated here: choose any e-mail and name, no password needed.',
  newHere: 'New here? The same button makes your account.',
  forDoctors: 'Are you a doctor?',
  doctorsHere: 'Sign in as a doctor',
  failed: {
    refused: 'Google did not sign you in. Nothing was changed. Please try again.',
    cancelled: 'You stopped before you were signed in. Nothing was changed. Continue with Google whenever you are ready.',
    expired: 'That took too long, or was begun in another browser. Please try again.',
    unavailable: 'Google does not answer just now. Please try again in a moment.',
  } as Record<string, string>,
}
export const staff = {
  title: 'Sign in as a doctor',
  lead: 'Your schedule and your hours.',
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  patients: 'Are you a patient?',
  patientsHere: 'Sign in as a patient',
  register: 'New here? Register as a doctor',
  emailMissing: 'Please type your e-mail.',
  passwordMissing: 'Please type your password.',
}
export const signedIn = {
  title: 'You are signed in',
  text: 'You can close this tab and go on where you were: the other tab knows already.',
  here: 'Go on here instead',
}
export const welcome = {
  title: (name: string) => `Welcome, ${name}`,
  lead: 'Two things, and you are ready.',
  submit: 'Save and go on',
}
export const phone = 'Phone number'
export const phoneHint = 'So that your doctor can reach you if the video fails. With the country code, like +1 312 555 0142.'
export const phoneMissing = 'Please type your phone number.'
export const zone = 'Your time zone'
export const zoneHint = 'All times are shown in it.'
export const zoneDetected = (place: string) => `We think that you are in ${place}.`
export const you = {
  title: 'You',
  name: 'Name',
  email: 'E-mail',
  emailHint: 'From your Google account.',
  save: 'Save',
  saved: 'Saved.',
  signOut: 'Sign out',
  signOutFailed: 'We could not reach Openhours, so you are still signed in. Please try again.',
  zoneDiffers: (browser: string) => `This device is set to ${browser} time.`,
  useBrowserZone: (browser: string) => `Use ${browser} time`,
}
