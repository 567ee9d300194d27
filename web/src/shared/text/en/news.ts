/** What people were told, in the application. */
export const title = 'Notifications'
export const bell = (unread: number) => (unread === 0 ? 'Notifications' : unread === 1 ? 'Notifications, 1 new' : `Notifications, ${unread} new`)
export const lead = (place: string) => `${place} time, newest first`
export const fresh = 'New'
export const markAll = 'Mark all as read'
export const allRead = 'All are marked as read.'
export const empty = 'Nothing yet'
export const emptyText = 'What we tell you about your visits, payments and account stands here, and usually comes by e-mail too.'
export const more = 'Show older ones'
export const choose = 'Choose what comes by e-mail'
export const notMailed = 'Not sent by e-mail, as you chose'
export const mailFailed = 'We could not deliver the e-mail'

/** One line for each kind. `who` is the other person of the visit. */
export const patient: Record<string, (who: string) => string> = {
  welcome: () => 'Welcome to Openhours',
  signed_in: () => 'Somebody signed in to your account',
  booked: (who) => `You are booked with ${who}`,
  link_ready: (who) => `The video link for your visit with ${who} is ready`,
  rescheduled: (who) => `Your visit with ${who} was moved`,
  cancelled: (who) => `Your visit with ${who} was cancelled`,
  not_charged: (who) => `You were not booked with ${who}, and not charged`,
  pay_again: (who) => `Please pay again for your visit with ${who}`,
  refund_completed: (who) => `Your refund for the visit with ${who} is on its way`,
  voided: (who) => `Your visit with ${who} was entered by mistake and is struck`,
  feedback_request: (who) => `How was your visit with ${who}?`,
  absence_rejected: (who) => `We looked into your visit with ${who}`,
  offer: (who) => `A time with ${who} is free for you`,
  follow_up: (who) => `${who} keeps times for your next visit`,
  reminder_day: (who) => `Your visit with ${who} is within a day`,
  reminder_soon: (who) => `Your visit with ${who} begins soon`,
}
export const staff: Record<string, (who: string) => string> = {
  welcome: () => 'Welcome to Openhours',
  signed_in: () => 'Somebody signed in to your account',
  password_reset: () => 'Somebody asked for a link to a new password',
  password_changed: () => 'Your password was changed',
  registered: () => 'We have your registration',
  approved: () => 'You are approved: patients can find you now',
  rejected: () => 'Your registration was not approved',
  booked: (who) => `${who} has booked a visit`,
  link_ready: (who) => `The video link for the visit of ${who} is ready`,
  rescheduled: (who) => `The visit of ${who} was moved`,
  cancelled: (who) => `The visit of ${who} was cancelled`,
  voided: (who) => `The visit of ${who} was entered by mistake and is struck`,
  feedback_received: (who) => `${who} has said how the visit was`,
  feedback_summary: () => 'What patients said yesterday',
  absence_claimed: (who) => `${who} says that nobody came to the visit`,
  meeting_failed: (who) => `There is no video link for the visit of ${who} yet`,
  calendar_unread: () => 'We cannot read your own calendar',
  reminder_day: (who) => `The visit of ${who} is within a day`,
  reminder_soon: (who) => `The visit of ${who} begins soon`,
}
export const otherwise = 'A message for you'
export const doctor = 'your doctor'
export const aPatient = 'A patient'
