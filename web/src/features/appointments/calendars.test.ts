import { expect, test } from 'vitest'
import { googleLink, outlookLink } from './calendars'

const event = { title: 'Video visit & more', starts_at: '2026-11-19T14:20:00Z', ends_at: '2026-11-19T14:50:00Z', page: 'https://clinic.example/appointments/7' }

test('Google is told the instants in UTC, whatever the reader’s zone', () => {
  const { origin, pathname, searchParams } = new URL(googleLink(event))
  expect(origin + pathname).toBe('https://calendar.google.com/calendar/render')
  expect(Object.fromEntries(searchParams)).toEqual({
    action: 'TEMPLATE',
    text: 'Video visit & more',
    dates: '20261119T142000Z/20261119T145000Z',
    details: 'https://clinic.example/appointments/7',
  })
})

test('Outlook is told the same', () => {
  const { searchParams } = new URL(outlookLink(event))
  expect(searchParams.get('startdt')).toBe('2026-11-19T14:20:00.000Z')
  expect(searchParams.get('enddt')).toBe('2026-11-19T14:50:00.000Z')
  expect(searchParams.get('subject')).toBe('Video visit & more')
})
