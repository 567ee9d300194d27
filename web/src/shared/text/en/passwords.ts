import { PasswordChange } from '@/shared/api/limits'

/** Changing a password, and a new one for whoever forgot theirs: doctors and administrators. */
export const entry = { title: 'Password', text: 'Choose another password.' }
export const title = 'Password'
export const lead = 'After the change you stay signed in here. Everywhere else you are signed out.'
export const current = 'Your password now'
export const next = 'New password'
export const rule = `At least ${PasswordChange.password.minLength} characters. A few words in a row are easy to remember and hard to guess.`
export const save = 'Change password'
export const saved = 'Your password is changed. We have sent you a note by e-mail.'
export const currentMissing = 'Type the password that you have now.'
export const nextMissing = 'Type the password that you want to have.'
export const forgotten = {
  link: 'Forgot your password?',
  title: 'Forgot your password?',
  lead: 'Type the e-mail address that you sign in with. We send a link to it that lets you choose a new password.',
  email: 'E-mail',
  emailMissing: 'Type your e-mail address.',
  submit: 'Send the link',
  sentTitle: 'Look into your mailbox',
  sent: (email: string) => `If there is an account for ${email}, the link is on its way. It works once, for an hour.`,
  nothing: 'Nothing came? Look among unwanted mail, or try again in five minutes.',
  back: 'Back to sign-in',
}
export const fresh = {
  title: 'Choose a new password',
  lead: 'With it you sign in from now on. Wherever you are signed in now, you are signed out.',
  submit: 'Save the new password',
  doneTitle: 'Your new password is saved',
  done: 'Sign in with it now.',
  signIn: 'Sign in',
  badTitle: 'This link is no longer good',
  bad: 'It works once, for an hour. Nothing has changed. Ask for a new one.',
  again: 'Ask for a new link',
}
