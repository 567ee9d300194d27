import { expect, test } from 'vitest'
import { windowOf } from './window'

const NOW = Date.parse('2026-11-22T15:00:00Z')

test('the last day is waited for until its end, by the reader’s clock', () => {
  expect(windowOf('2026-11-24', '2026-11-25', 'America/Chicago', NOW)).toEqual({ from: '2026-11-24T06:00:00.000Z', until: '2026-11-26T06:00:00.000Z' })
})

test('a wait that begins today begins now', () => {
  expect(windowOf('2026-11-22', '2026-11-22', 'UTC', NOW)?.from).toBe('2026-11-22T15:00:00.000Z')
})

test('an earlier time is waited for until the visit and no longer', () => {
  const window = windowOf('2026-11-22', '2026-11-30', 'UTC', NOW, '2026-11-24T09:00:00Z')
  expect(window?.until).toBe('2026-11-24T09:00:00.000Z')
})

test('days in the wrong order, gone or unreadable are no window', () => {
  expect(windowOf('2026-11-26', '2026-11-24', 'UTC', NOW)).toBeNull()
  expect(windowOf('2026-11-01', '2026-11-02', 'UTC', NOW)).toBeNull()
  expect(windowOf('', '2026-11-24', 'UTC', NOW)).toBeNull()
})
