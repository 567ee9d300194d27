import { describe, expect, it } from 'vitest'
import { countFilters, filtersOf, parseFindSearch } from './search'

const at = Date.parse('2026-11-17T19:52:00Z')

describe('the filters in the address', () => {
  it('keep what makes sense and drop the rest without a word', () => {
    expect(parseFindSearch({ q: ' okafor ', price: '15000', rating: 4.5, when: '7', sort: 'fee' })).toEqual({
      q: 'okafor',
      price: 15_000,
      rating: 4.5,
      when: '7',
      sort: 'fee',
    })
    expect(parseFindSearch({ q: '', price: 'cheap', rating: 9, when: 'yesterday', sort: 'next_free', language: ['English'] })).toEqual({})
  })

  it('take a number that was typed as words', () => {
    expect(parseFindSearch({ q: 123 })).toEqual({ q: '123' })
    expect(parseFindSearch({ when: 3 })).toEqual({ when: '3' })
  })

  it('end “today” at the reader’s midnight, not at UTC’s', () => {
    expect(filtersOf({ when: 'today' }, at, 'America/Chicago').available_before).toBe('2026-11-18T06:00:00.000Z')
    expect(filtersOf({ when: '7' }, at, 'America/Chicago').available_before).toBe('2026-11-25T06:00:00.000Z')
    expect(filtersOf({ when: 'today' }, at, 'Asia/Kolkata').available_before).toBe('2026-11-18T18:30:00.000Z')
  })

  it('ask for the same list all day long, so that the list does not flicker', () => {
    expect(filtersOf({ when: '3' }, at, 'America/Chicago')).toEqual(filtersOf({ when: '3' }, at + 3_600_000, 'America/Chicago'))
  })

  it('count what narrows the list', () => {
    expect(countFilters({ q: 'heart', sort: 'fee' })).toBe(0)
    expect(countFilters({ specialization: 'Heart', when: '7', price: 100 })).toBe(3)
  })
})
