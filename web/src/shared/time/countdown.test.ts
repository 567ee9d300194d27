import { describe, expect, it } from 'vitest'
import { minutesToSpeak, remaining } from './countdown'

const at = Date.parse('2026-11-17T20:00:00Z')

describe('countdown', () => {
  it('counts down and stops at zero', () => {
    expect(remaining(at + 494_000, at, 10)).toMatchObject({ text: '8:14', over: false })
    expect(remaining(at + 494_000, at, 10).share).toBeCloseTo(0.823, 2)
    expect(remaining(at + 1, at, 10)).toMatchObject({ text: '0:01', over: false })
    expect(remaining(at, at, 10)).toMatchObject({ text: '0:00', over: true })
    expect(remaining(at - 5_000, at, 10)).toMatchObject({ text: '0:00', over: true, share: 0 })
  })

  it('never shows more than a full ring', () => {
    expect(remaining(at + 900_000, at, 10).share).toBe(1)
  })

  it('speaks at five, two and one minutes and at no other time', () => {
    expect(minutesToSpeak(300_001, 300_000)).toBe(5)
    expect(minutesToSpeak(120_500, 119_500)).toBe(2)
    expect(minutesToSpeak(60_001, 59_001)).toBe(1)
    expect(minutesToSpeak(299_000, 298_000)).toBeNull()
    expect(minutesToSpeak(1_000, 0)).toBeNull()
  })

  it('after a sleep says only the nearest', () => {
    expect(minutesToSpeak(400_000, 50_000)).toBe(1)
  })
})
