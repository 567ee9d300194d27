/** What administrators read of the services outside that the clinic uses. */
export const title = 'Providers'
export const lead = 'The services outside that payments, sign-in, video links, messages and pictures need.'
export const empty = 'No real provider is in use: everything is simulated here.'
export const names: Record<string, string> = {
  stripe: 'Payments (Stripe)',
  google_calendar: 'Video links (Google Calendar)',
  google_free_busy: 'Doctors’ own calendars (Google)',
  google_sign_in: 'Sign-in of patients (Google)',
  smtp: 'E-mail (mail server)',
  ses: 'E-mail (Amazon SES)',
  sns: 'Messages (Amazon SNS)',
  sqs: 'Messages (Amazon SQS)',
  texts: 'Text messages (Amazon SNS)',
  s3: 'Pictures (Amazon S3)',
  secrets: 'Keys (AWS Secrets Manager)',
}
export const standings = {
  well: 'Works',
  untried: 'Not needed yet',
  refused: 'Works',
  busy: 'Asks for patience',
  away: 'Does not answer',
  shut_out: 'Does not let us in',
}
export const advice = {
  well: '',
  untried: 'Nothing was asked of it since this server started.',
  refused: 'It answers, and said no to the last thing it was asked for. Failed tasks tell what that was.',
  busy: 'Nothing to do. We ask again when it allows that, and nothing is lost.',
  away: 'Nothing is lost: what has to be done waits and is tried again. If it goes on, see whether the provider has announced a disturbance.',
  shut_out: 'A person has to act: our key or permission has ended, or the account there is not in order. Renew it as docs/providers.md says, then try the failed tasks again.',
}
export const reason = 'Why'
export const since = 'Since'
export const answered = 'Last answer'
export const never = 'None yet'
export const asked = 'Asked'
export const again = 'Asked again'
export const calls = (count: number, failures: number) =>
  failures === 0 ? `${count} times, always answered` : `${count} times, ${failures} without success`
export const notBefore = (when: string) => `not before ${when}`
export const simulated = (ports: string) => `Simulated here: ${ports}.`
export const ports: Record<string, string> = { payments: 'payments', calendar: 'video links', identity: 'sign-in', notify: 'messages' }
export const scope = 'As this server has seen it since it started. Other servers and workers of the clinic may have seen something else.'
export const tasks = 'Failed tasks'
export const resolve = {
  ask: 'It was put right: ask again',
  askName: (who: string) => `Ask again: payment of ${who}`,
  back: 'Give everything back',
  backName: (who: string) => `Give everything back: payment of ${who}`,
  backing: 'Everything is being given back.',
  askAsk: {
    title: 'Ask the payment provider again?',
    text: 'Do this once you have put the payment right there. If what it says is ours then, the visit goes on. If not, the payment comes back here.',
    keep: 'Not yet',
    go: 'Ask again',
  },
  backAsk: {
    title: 'Give everything back?',
    text: 'Whatever the payment provider holds of this payment goes back to the payer. A booked visit that it paid for must be paid for again, or is cancelled. This cannot be undone.',
    keep: 'Not yet',
    go: 'Give everything back',
  },
  reason: 'Why? Other administrators can read it later.',
  asked: 'It is being asked again now.',
  given: 'It is being given back now.',
}
