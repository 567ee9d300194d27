/** The doctor's week and month. */
export const title = 'Calendar'
export const zone = (place: string) => `Times are ${place} time.`
export const view = 'Show'
export const views = { week: 'Week', days: '3 days', month: 'Month', list: 'List' }
export const today = 'Today'
export const previous = { week: 'Week before', days: 'Three days before', month: 'Month before', list: 'Week before' }
export const next = { week: 'Next week', days: 'Next three days', month: 'Next month', list: 'Next week' }
export const closed = 'Closed'
export const timeOff = 'Time off'
export const openHours = (spans: string) => `Open ${spans}`
export const span = (from: string, to: string) => `${from} to ${to}`
export const held = 'Held'
export const heldLong = 'Somebody is paying for this time'
export const now = (time: string) => `Now, ${time}`
export const noVisits = 'No visits'
export const visits = (count: number) => (count === 1 ? '1 visit' : `${count} visits`)
export const more = (count: number) => `${count} more`
export const openDay = (day: string, what: string) => `${day}, ${what}: show the week`
export const legend = { booked: 'Booked', held: 'Held', done: 'Done', missed: 'Missed', closed: 'Closed' }
export const keys = 'Arrow keys go from visit to visit, Enter opens one.'
