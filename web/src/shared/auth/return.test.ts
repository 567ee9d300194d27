import { describe, expect, it } from 'vitest'
import { safeReturn } from './return'

describe('where to go after signing in', () => {
  it('keeps a page of this site with all that belongs to it', () => {
    expect(safeReturn('/doctors/7?at=2026-11-19T20%3A20%3A00Z#times')).toBe('/doctors/7?at=2026-11-19T20%3A20%3A00Z#times')
  })

  it('goes nowhere else', () => {
    for (const wanted of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', undefined, 7])
      expect(safeReturn(wanted)).toBe('/')
  })
})
