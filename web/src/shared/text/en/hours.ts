export const title = 'Your hours'
export const lead = (place: string) => `Times are ${place} time. Booked visits never move when you change your hours.`
export const everyWeek = 'Every week'
export const copyMonday = 'Copy Monday to Tue–Fri'
export const copyDone = 'Monday’s hours now stand on Tuesday to Friday. Save to keep them.'
export const weekdays = { monday: 'Monday', tuesday: 'Tuesday', wednesday: 'Wednesday', thursday: 'Thursday', friday: 'Friday', saturday: 'Saturday', sunday: 'Sunday' }
export const weekdaysShort = { monday: 'Mon', tuesday: 'Tue', wednesday: 'Wed', thursday: 'Thu', friday: 'Fri', saturday: 'Sat', sunday: 'Sun' }
export const closed = 'Closed'
export const to = 'to'
export const from = (day: string) => `${day} from`
export const until = (day: string) => `${day} until`
export const removeSpan = (day: string, from: string, until: string) => `Remove ${day} ${from} to ${until}`
export const addSpan = (day: string) => `Add hours on ${day}`
export const visits = 'Visits'
export const slotLength = 'Length of a visit'
export const gap = 'Gap between visits'
export const notice = 'Book at least'
export const horizon = 'Book up to'
export const noGap = 'No gap'
export const noNotice = 'Up to the last minute'
export const before = (duration: string) => `${duration} before`
export const ahead = (duration: string) => `${duration} ahead`
export const preview = 'What patients will see'
export const usualWeek = 'A usual week'
export const timesAWeek = 'times a week'
/** Beside the buttons, where the preview is out of sight. */
export const short = (count: number) => (count === 1 ? '1 time a week' : `${count} times a week`)
export const seeWeek = 'See the week'
export const change = (count: number) => (count > 0 ? `${count} more than now` : count < 0 ? `${-count} fewer than now` : 'As many as now')
export const asSaved = 'As saved'
export const isNew = 'New'
export const undo = 'Undo'
export const save = 'Save hours'
export const saved = 'Your hours are saved. Patients see them at once.'
export const errors = {
  order: 'The end must be after the start.',
  overlap: 'These hours overlap. Please change one.',
  missing: 'Please fill in both times.',
  tooShort: 'No visit fits in here.',
  refused: 'These hours cannot be saved. Please check that they do not overlap.',
}
export const zone = 'Time zone'
export const zoneHint = 'Your hours are meant in this zone.'
export const unsaved = 'You have changes that are not saved.'
export const differ = 'Days that differ'
export const add = 'Add'
export const changeDay = 'Change'
export const remove = 'Remove'
export const changeDayOf = (day: string) => `Change ${day}`
export const removeDayOf = (day: string) => `Remove ${day}`
export const noDiffering = 'Every week is a usual week.'
export const open = (spans: string) => `Open ${spans}`
export const span = (from: string, until: string) => `${from} to ${until}`
export const override = {
  title: 'A day that differs',
  date: 'Day',
  dateMissing: 'Please choose a day.',
  closedAllDay: 'Closed all day',
  openAt: 'Open at these hours',
  kind: 'On this day you are',
  keep: 'Leave it',
  apply: 'Put it in',
  moreHours: 'More hours',
  note: 'It counts once you save your hours.',
}
export const timeOff = {
  title: 'Time off',
  lead: 'Away for some days, or part of one. Patients see no times then.',
  add: 'Add time off',
  none: 'No time off is planned.',
  first: 'First day',
  last: 'Last day',
  wholeDays: 'Whole days',
  fromTime: 'From',
  untilTime: 'Until',
  check: 'Save time off',
  keep: 'Leave it',
  saved: 'Your time off is saved.',
  removed: 'Your time off is removed. Patients see those times again.',
  removeLabel: (span: string) => `Remove time off ${span}`,
  range: (from: string, until: string) => `${from} to ${until}`,
  orderWrong: 'The end must be after the start.',
  touches: (span: string, count: number) => `Time off ${span} touches ${count} booked ${count === 1 ? 'visit' : 'visits'}`,
  consequence: (count: number) =>
    count === 1
      ? 'If you save it, we cancel the visit, refund the patient in full and tell them by e-mail.'
      : 'If you save it, we cancel them, refund the patients in full and tell them by e-mail.',
  choose: 'Choose other days',
  confirm: (count: number) => (count === 1 ? 'Cancel 1 visit and save' : `Cancel ${count} visits and save`),
}
/** A calendar of the doctor's own, by which nobody books a time at which they are busy elsewhere. */
export const ownCalendar = {
  title: 'Your own calendar',
  lead: 'Nobody can book a time at which you are busy in your Google Calendar. We read when, never what.',
  add: 'Use my calendar',
  how: (account: string) =>
    `First share it with ${account}: in Google Calendar, open the settings of your calendar, choose “Share with specific people”, and let that address “See only free/busy”.`,
  howUnknown: 'First share it with the clinic’s calendar: in Google Calendar, open the settings of your calendar, choose “Share with specific people”, and let the clinic “See only free/busy”.',
  address: 'Address of your calendar',
  unshared: 'We cannot see this calendar. Please check the address, and that it is shared as written above.',
  keep: 'Leave it',
  connect: 'Read it now',
  connected: 'We read your calendar from now on. Patients see no times at which you are busy.',
  readAt: (when: string) => `Last read: ${when}. We read it every few minutes.`,
  read: 'Read it again',
  readNow: 'Your calendar was just read.',
  end: 'Read it no more',
  ended: 'We read your calendar no more. Patients see all of your hours again.',
  unread: 'We cannot read your calendar at the moment',
  closes: (when: string) => `Patients still see the times that we read last. From ${when} on, nobody can book new visits with you.`,
  closed: 'Nobody can book new visits with you',
  closedSince: (when: string) => `We could not read your calendar for too long, and stopped at ${when}. Booked visits stay.`,
  mend: 'Please check that the calendar is still shared with us, then have it read again.',
  stillUnread: 'Your calendar was not read',
}
/** What the four choices come to. Without a gap or a notice, null. */
export const inWords = (length: string, gap: string | null, notice: string | null, horizon: string) =>
  `A visit takes ${length}${gap ? `, then ${gap} are yours` : ', and the next may follow at once'}. Patients can book ${notice ? `until ${notice} before it begins` : 'until it begins'}, at most ${horizon} ahead.`
export const nothingYet = 'Patients find no times with you until you add hours and save them.'
