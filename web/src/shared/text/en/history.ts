/** The audit log in words. */
export const title = 'Audit log'
export const lead = 'Everything that changed a visit or was decided, newest first. It can be added to, never altered; “openhours audit” on the server checks its seals.'
export const empty = 'Nothing like that has happened.'
export const what = 'What'
export const who = 'Who'
export const time = 'When'
export const change = 'Change'
export const about = 'About'
export const becomes = (before: string, after: string) => `${before} → ${after}`
export const stays = 'No change of status'
export const number = (count: number) => `Entry ${count}`
export const filters = {
  title: 'Narrow it down',
  verb: 'What happened',
  any: 'Anything',
  role: 'Who did it',
  anybody: 'Anybody',
  since: 'From this day',
  until: 'To this day',
  about: 'Only about one visit, doctor or task',
  aboutHint: 'Its number, as it stands in addresses.',
  aboutWrong: 'This is no such number. It looks like 0198f0c2-7d3e-7a41-9c55-2f6d1b0c8e11.',
  apply: 'Show',
  clear: 'Show everything',
  onlyBy: 'Only entries by one person are shown.',
}
export const actions = { about: 'Only this', by: 'Only by them', visit: 'See the visit', doctor: 'See the doctor' }
export const roles = { patient: 'A patient', doctor: 'A doctor', administrator: 'An administrator', system: 'Openhours', anonymous: 'Nobody signed in' }
export const subjects = { doctor: 'A doctor', person: 'A person', administrator: 'An administrator', appointment: 'A visit', task: 'A task', payment: 'A payment', report: 'A report' }
export const visitOn = (when: string) => `Visit on ${when}`
export const verbs: Record<string, string> = {
  hold: 'Time held',
  accept: 'Offer accepted',
  book: 'Booked',
  'book-late': 'Booked after a late payment',
  expire: 'Hold ran out',
  abandon: 'Time let go',
  replace: 'Replaced by another time',
  strike: 'Struck by time off or a suspension',
  reschedule: 'Moved',
  cancel: 'Cancelled',
  unpaid: 'Cancelled, not paid',
  arrive: 'Arrived',
  fulfil: 'Took place',
  miss: 'Patient did not come',
  'undo-miss': '“Did not come” taken back',
  'doctor-absent': 'Doctor did not come',
  void: 'Struck as a mistake',
  'claim-absence': 'Patient says the doctor did not come',
  'reject-absence': 'Absence not confirmed',
  'read-medical-profile': 'Medical profile read',
  'approve-doctor': 'Doctor approved',
  'reject-doctor': 'Registration rejected',
  'suspend-doctor': 'Doctor suspended',
  'retry-task': 'Failed task tried again',
  'resolve-payment': 'Payment decided on',
  'hide-feedback': 'Feedback hidden',
  'show-feedback': 'Feedback shown again',
  'close-report': 'Report closed',
  'export-data': 'Personal data handed out',
  'erase-data': 'Person forgotten',
  'create-administrator': 'Administrator created',
}
export const states: Record<string, string> = {
  pending: 'held',
  booked: 'booked',
  arrived: 'arrived',
  fulfilled: 'done',
  noshow: 'missed',
  cancelled: 'cancelled',
  'entered-in-error': 'struck',
  waiting: 'waiting',
  approved: 'listed',
  rejected: 'rejected',
  suspended: 'suspended',
  open: 'open',
  closed: 'dealt with',
}
