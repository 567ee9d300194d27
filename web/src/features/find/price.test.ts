import { describe, expect, it } from 'vitest'
import { scaleOf } from './price'

describe('the scale of the price filter', () => {
  it('reaches the dearest doctor in round steps, whatever the currency', () => {
    expect(scaleOf({ amount: 28_000, currency: 'USD' })).toEqual({ step: 1_000, top: 28_000 })
    expect(scaleOf({ amount: 45_050, currency: 'USD' })).toEqual({ step: 2_000, top: 46_000 })
    expect(scaleOf({ amount: 30_000, currency: 'JPY' })).toEqual({ step: 1_000, top: 30_000 })
    expect(scaleOf({ amount: 15_500, currency: 'KWD' })).toEqual({ step: 1_000, top: 16_000 })
  })

  it('is none where the dearest is one step or nothing', () => {
    expect(scaleOf({ amount: 0, currency: 'USD' })).toBeNull()
    expect(scaleOf({ amount: 90, currency: 'USD' })).toBeNull()
  })
})
