import { describe, expect, it } from 'vitest'
import { badgesOf, endOf, endedUnbooked } from './status'

const usd = (amount: number) => ({ amount, currency: 'USD' })
const quote = { fee: usd(9_000), tax: usd(1_620), tax_percent: '18', total: usd(10_620) }

function told(
  status: Parameters<typeof badgesOf>[0]['status'],
  payment: string,
  meeting = 'ready',
  more: { refunded?: number; cancelled?: { by: 'patient' | 'doctor' | 'system'; kind: string }; offered?: string } = {},
) {
  const appointment = {
    status,
    quote,
    payment: { status: payment, refunded: usd(more.refunded ?? 0), last_decline: null },
    meeting: { status: meeting, join_url: null },
    cancelled: more.cancelled ?? null,
    offer_expires_at: more.offered ?? null,
  }
  return badgesOf(appointment as Parameters<typeof badgesOf>[0]).map(({ tone, text }) => `${text} (${tone})`)
}

describe('badges', () => {
  it('say booking, money and link separately', () => {
    expect(told('booked', 'captured', 'creating')).toEqual(['Booked (brand)', 'Paid $106.20 (green)', 'Link is being prepared (grey)'])
    expect(told('booked', 'authorized', 'failed')).toEqual(['Booked (brand)', 'Money reserved (blue)', 'Link is late (amber)'])
    expect(told('arrived', 'not_required')).toEqual(['Arrived (blue)'])
  })

  it('say one thing of a hold', () => {
    expect(told('pending', 'open', 'none')).toEqual(['Held for you, not paid yet (amber)'])
    expect(told('pending', 'open', 'none', { offered: '2027-03-01T08:00:00Z' })).toEqual(['Offered to you (amber)'])
  })

  it('say who cancelled and what came back', () => {
    const byDoctor = { by: 'doctor' as const, kind: 'cancelled' }
    expect(told('cancelled', 'refunded', 'none', { refunded: 7_670, cancelled: byDoctor })).toEqual([
      'Cancelled by your doctor (grey)',
      'Refunded $76.70 (blue)',
    ])
    const lapsed = { by: 'system' as const, kind: 'expired' }
    expect(told('cancelled', 'open', 'none', { cancelled: lapsed })).toEqual(['No longer kept (grey)'])
  })

  it('never promise a link for a visit that is over or off', () => {
    expect(told('fulfilled', 'captured', 'creating')).toEqual(['Done (green)', 'Paid $106.20 (green)'])
    expect(told('cancelled', 'released', 'failed')).toEqual(['Cancelled (grey)', 'Not charged (grey)'])
  })
})

type Ending = NonNullable<Parameters<typeof endOf>[0]['cancelled']>
const ended = (kind: Ending['kind'], by: Ending['by'] = 'system'): Ending => ({ kind, by, reason: null, at: '2027-03-01T08:00:00Z' })

const over = (cancelled: Ending, hold_kind: 'patient' | 'waitlist' | 'follow_up' = 'patient', accepted_at: string | null = null) => ({ cancelled, hold_kind, accepted_at })

describe('an ending', () => {
  it('has a reason that a patient understands, or a person', () => {
    expect(endOf(over(ended('unpaid')))).toBe('It was not paid in time.')
    expect(endOf(over(ended('doctor_absent', 'doctor')))).toBe('Your doctor did not come.')
    expect(endOf(over(ended('cancelled', 'patient')))).toBe('You cancelled it.')
    expect(endOf(over(ended('cancelled', 'administrator')))).toBe('Our staff cancelled it.')
  })

  it('says of an offer that nobody answered what became of it', () => {
    expect(endOf(over(ended('expired'), 'follow_up'))).toContain('is now open to others')
    expect(endOf(over(ended('replaced', 'patient'), 'waitlist'))).toBe('You accepted this time, and your visit was moved to it.')
    expect(endOf(over(ended('replaced', 'patient'), 'follow_up'))).toBe('You chose another time instead.')
    expect(endOf(over(ended('expired'), 'waitlist', '2027-03-01T07:55:00Z'))).toBe('It was not paid while we kept it.')
  })

  it('is that of a hold only for what was never booked', () => {
    expect(endedUnbooked({ cancelled: ended('struck', 'doctor'), receipt_number: null })).toBe(true)
    expect(endedUnbooked({ cancelled: ended('struck', 'doctor'), receipt_number: '2027-000001' })).toBe(false)
    expect(endedUnbooked({ cancelled: ended('unpaid'), receipt_number: '2027-000001' })).toBe(false)
    expect(endedUnbooked({ cancelled: null, receipt_number: null })).toBe(false)
  })
})
