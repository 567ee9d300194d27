import { describe, expect, it } from 'vitest'
import { wayBack } from './back'

describe('the way back from a visit', () => {
  it('leads to the page that it was opened from, as that was', () => {
    expect(wayBack('/calendar?view=month&day=2026-11-17')).toEqual({ href: '/calendar?view=month&day=2026-11-17', label: 'Calendar' })
    expect(wayBack('/visits')).toEqual({ href: '/visits', label: 'Past visits' })
    expect(wayBack('/notifications')).toEqual({ href: '/notifications', label: 'Notifications' })
  })

  it('leads to today from an address that was typed or sent, or from anywhere that it does not know', () => {
    const today = { href: '/today', label: 'Today' }
    for (const from of [undefined, '', '/', '//elsewhere.example/visits', '/visits/v1', 'https://elsewhere.example']) expect(wayBack(from)).toEqual(today)
  })
})
