/** A person's own pages. */
export const title = 'You'
export const back = 'You'
export const sections = 'Your pages'
export const signOut = 'Sign out'
export const save = 'Save'

export const entries = {
  details: { title: 'Personal details', text: 'Name, phone, time zone and your picture' },
  practice: { title: 'Your profile', text: 'What patients see of you: picture, fee, languages, about you' },
  health: { title: 'Health', text: 'Conditions, medication and allergies, for your doctors' },
  people: { title: 'People you book for', text: 'Children, parents, or anybody whose visits you look after' },
  payments: { title: 'Payments', text: 'What you paid, what came back, and your receipts' },
  messages: { title: 'E-mails', text: 'Which messages we also send you by e-mail' },
  calendar: { title: 'Your calendar', text: 'See your visits in the calendar that you already use' },
  look: { title: 'Language and colours', text: 'How Openhours looks on this device' },
  report: { title: 'Report a problem', text: 'About a visit, or something that does not work' },
  data: { title: 'Your data', text: 'Take it along, or close your account' },
}

export const details = {
  title: 'Personal details',
}

export const photo = {
  title: 'Your picture',
  hint: 'JPEG, PNG or WebP. We cut it to a square; place, date and everything else that the file tells is removed.',
  seenBy: { patient: 'Only you see it.', doctor: 'Patients see it beside your name.', administrator: 'Only you see it.' },
  choose: 'Choose a picture',
  other: 'Choose another picture',
  remove: 'Remove the picture',
  preview: 'This is how it will look. Nothing is saved yet.',
  upload: 'Use this picture',
  discard: 'Do not use it',
  progress: (percent: number) => `Sending, ${percent}% done`,
  working: 'Preparing your picture…',
  done: 'Your picture is saved.',
  removed: 'Your picture is removed.',
  notPicture: 'This file is not a picture that we can use. Please choose a photo: JPEG, PNG or WebP.',
  tooBig: (size: string) => `This file is too big: it may have at most ${size}. Please choose a smaller picture. Nothing was changed.`,
  refused: 'This picture cannot be used. It must be a JPEG, PNG or WebP of at least 64 pixels each way and at most 25 megapixels. Your old picture is still there.',
  sendFailed: 'The picture did not arrive. Please check your connection and try again. Nothing was changed.',
  removeAsk: { title: 'Remove your picture?', text: 'Your initials are shown instead. You can choose a picture again at any time.', keep: 'Keep it', go: 'Remove it' },
}

export const health = {
  title: 'Health',
  lead: 'What your doctor should know before a visit. You may leave any of it empty.',
  whoTitle: 'Who can read this',
  who: 'Only you, and doctors with whom you have a visit that is booked, going on or has taken place. Each time that a doctor reads it is put on record. It is never in an e-mail.',
  whoOther: (name: string) => `Only you, and doctors with whom ${name} has a visit that is booked, going on or has taken place. Each time that a doctor reads it is put on record. It is never in an e-mail.`,
  forWhom: 'Whose health is this about?',
  me: (name: string) => `${name} (you)`,
  conditions: 'Conditions',
  conditionsHint: 'Illnesses that you have or had, operations, pregnancies.',
  medication: 'Medication',
  medicationHint: 'What you take, how much and how often. Also what you buy without a prescription.',
  allergies: 'Allergies',
  allergiesHint: 'To medicines, food, latex or anything else, and what happens then.',
  updated: (day: string) => `Last changed on ${day}.`,
  never: 'Nothing is written down yet.',
  done: 'Saved. Your doctors see it from now on.',
}

export const people = {
  title: 'People you book for',
  lead: 'You book, pay for and cancel their visits. They need no account.',
  none: 'Nobody yet',
  noneText: 'Add a child, a parent or anybody else whose visits you look after. When you book, you choose who the visit is for.',
  add: 'Add a person',
  change: 'Change',
  changeName: (name: string) => `Change ${name}`,
  remove: 'Remove',
  removeName: (name: string) => `Remove ${name}`,
  health: 'Health',
  healthName: (name: string) => `Health of ${name}`,
  born: (day: string) => `born ${day}`,
  addTitle: 'Add a person',
  changeTitle: (name: string) => `Change ${name}`,
  name: 'Name',
  nameMissing: 'Please type the name.',
  birth: 'Date of birth',
  birthHint: 'The doctor sees it.',
  birthMissing: 'Please give the date of birth.',
  relation: 'This person is your',
  relationMissing: 'Please choose who this person is to you.',
  choose: 'Please choose',
  relations: { child: 'Child', parent: 'Parent', partner: 'Partner', sibling: 'Brother or sister', other: 'Somebody else' },
  cancel: 'Do not save',
  added: (name: string) => `${name} is added.`,
  changed: 'Saved.',
  removed: (name: string) => `${name} is removed.`,
  removeAsk: {
    title: (name: string) => `Remove ${name}?`,
    text: 'You can no longer book for this person, and what you wrote about their health is deleted. Past visits and receipts stay.',
    keep: 'Keep',
    go: 'Remove',
  },
  hasVisits: (name: string) => `${name} still has visits to come, or a time that is kept. Cancel those first, then remove ${name}. Nothing was changed.`,
  seeVisits: 'See the visits',
}

export const messages = {
  title: 'E-mails',
  lead: 'Everything stands under Notifications in any case. Here you choose what we also send by e-mail.',
  always: 'Always sent',
  alwaysText: {
    patient: 'Bookings, changes, cancellations, payments and refunds: you should never miss those.',
    doctor: 'Bookings, changes, cancellations, payments and refunds: you should never miss those.',
    administrator: 'Everything about your password, so that nobody changes it unnoticed.',
  },
  choice: 'Your choice',
  kinds: {
    reminders: { title: 'Reminders', text: 'A day and 15 minutes before each visit' },
    text_reminders: { title: 'Reminders by text message', text: 'The same to the telephone number in your details. It names nobody.' },
    offers: { title: 'Offers of free times', text: 'When a time becomes free that you wait for' },
    feedback_requests: { title: 'Requests for feedback', text: 'After a visit, once' },
    sign_in_notices: { title: 'Sign-ins', text: 'Each time that somebody signs in to your account. If it was not you, you notice.' },
  },
  on: (kind: string) => `${kind}: we send them.`,
  off: (kind: string) => `${kind}: we send no more.`,
  failed: 'Your choice is not saved.',
}

export const feed = {
  title: 'Your calendar',
  lead: 'Your calendar program can read your visits from a secret address and keeps itself up to date: Google Calendar, Apple Calendar, Outlook and others.',
  what: 'It shows time, person and link of each visit, never why it takes place.',
  off: 'No address has been made yet',
  offText: 'Make one, then paste it where your calendar program says “Subscribe” or “Add calendar from address”.',
  make: 'Make an address',
  active: (day: string) => `Your address has worked since ${day}`,
  activeText: 'For your safety it is shown only once, when it is made. If you need it again, make a new one: the old one then stops working.',
  fresh: 'Your new address',
  freshText: 'Copy it now: it is not shown again. Whoever has it can read your visits, so give it to nobody.',
  address: 'Secret address',
  copy: 'Copy',
  copied: 'The address is copied.',
  copyYourself: 'Please press and hold the address, or press Ctrl and C, to copy it.',
  renew: 'Make a new address',
  renewAsk: { title: 'Make a new address?', text: 'The old one stops working at once. Every calendar that uses it must be given the new one.', keep: 'Keep the old one', go: 'Make a new one' },
  revoke: 'Stop sharing',
  revokeAsk: { title: 'Stop sharing your visits?', text: 'The address stops working at once. Visits vanish from calendars that use it. Your visits themselves stay as they are.', keep: 'Keep sharing', go: 'Stop sharing' },
  revoked: 'The address no longer works.',
}

export const data = {
  title: 'Your data',
  exportTitle: 'Take your data along',
  exportText: 'One file with everything that we hold about you, as it stands at this moment. The format is JSON, which other services can read.',
  export: 'Download my data',
  exported: 'Your file is downloaded. Keep it where only you can read it.',
  file: 'openhours-my-data.json',
  eraseTitle: 'Close your account',
  eraseText: 'We delete what tells who you are. This cannot be undone.',
  erase: 'Close my account',
  goes: 'What is deleted',
  goesList: {
    patient: [
      'Your name, e-mail, phone number and picture',
      'What you wrote about your health, and your reasons for visits',
      'Prescriptions, your reviews and your reports',
      'The names and birth dates of people you book for',
    ],
    doctor: ['Your name, e-mail, phone number and picture', 'What you wrote about yourself, and your answers', 'Your reports'],
  },
  stays: 'What stays, and why',
  staysList: {
    patient: ['That visits took place and what they cost, without your name: accounts must be kept by law', 'The record of who changed what, without your name: so that nothing can be altered unnoticed'],
    doctor: ['That visits took place and what they cost, without your name: accounts must be kept by law', 'What you prescribed, for your patients', 'The record of who changed what, without your name'],
  },
  when: 'It is possible once no visit lies ahead and all money is settled.',
  ask: {
    title: 'Close your account for good?',
    text: 'Everything listed as deleted is gone at once, and you are signed out everywhere. Nobody can bring it back, we neither.',
    type: (email: string) => `To go on, type your e-mail address: ${email}`,
    label: 'Your e-mail address',
    wrong: 'This is not the e-mail address of your account. Please type it exactly as shown above.',
    missing: 'Please type your e-mail address.',
    keep: 'Keep my account',
    go: 'Close my account for good',
  },
  needed: {
    visits: 'You still have a visit ahead, or a time that is kept for you. Cancel it first, or wait until it is over. Nothing was deleted.',
    money: 'Money is still on its way for one of your visits. Please try again in a few days. Nothing was deleted.',
  } as Record<string, string>,
  seeVisits: 'See your appointments',
  gone: {
    title: 'Your account is closed',
    text: 'What told who you are is deleted, and you are signed out everywhere. Thank you for having been here.',
    home: 'Go to the first page',
  },
}

export const look = { title: 'Language and colours' }
export const leaving = { title: 'Leave without saving?', text: 'What you wrote here is not saved.', keep: 'Stay here', go: 'Leave without saving' }
