/** Addresses at which other calendars take an event. What they learn is the neutral title, the time and a page that asks who one is. */

export interface Event {
  title: string
  starts_at: string
  ends_at: string
  page: string
}

/** 20261119T142000Z */
function compact(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

export function googleLink({ title, starts_at, ends_at, page }: Event): string {
  const about = new URLSearchParams({ action: 'TEMPLATE', text: title, dates: `${compact(starts_at)}/${compact(ends_at)}`, details: page })
  return `https://calendar.google.com/calendar/render?${about}`
}

export function outlookLink({ title, starts_at, ends_at, page }: Event): string {
  const about = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: new Date(starts_at).toISOString(),
    enddt: new Date(ends_at).toISOString(),
    body: page,
  })
  return `https://outlook.live.com/calendar/0/action/compose?${about}`
}
