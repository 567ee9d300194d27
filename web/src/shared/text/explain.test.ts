import { describe, expect, it } from 'vitest'
import { Problem, asProblem, problemOf } from '@/shared/api/problem'
import { explain, fieldErrors } from './explain'

const response = (status: number, headers: Record<string, string> = {}) => ({ status, headers: new Headers(headers) })

describe('what a refusal says', () => {
  it('follows the problem’s type', () => {
    const taken = problemOf({ type: '/problems/slot-taken', detail: 'Choose another time.' }, response(409))
    expect(explain(taken, { time: '2:20 pm' })).toBe(
      'Someone else has just taken 2:20 pm. You have not paid anything. These times are still free:',
    )
  })

  it('says how long a time was kept', () => {
    expect(explain(new Problem('hold-expired', 409), { time: '2:20 pm', holdMinutes: 10 })).toBe(
      'We kept 2:20 pm for 10 minutes. It is now open to others. You were not charged. Try it again?',
    )
  })

  it('says why a time is not offered', () => {
    const notice = problemOf({ type: '/problems/slot-not-offered', reason: 'notice' }, response(422))
    expect(explain(notice, { time: '2:20 pm' })).toContain('too soon')
    const unheardOf = problemOf({ type: '/problems/slot-not-offered', reason: 'eclipse' }, response(422))
    expect(explain(unheardOf, { time: '2:20 pm' })).toBe('2:20 pm is not offered any more. Please choose another time.')
  })

  it('tells a telephone without a connection from a server that fails', () => {
    expect(explain(new TypeError('Failed to fetch'))).toContain('connection')
    expect(explain(problemOf('<html>', response(502)))).toContain('cannot answer just now')
    expect(explain(new Error('a bug'))).toContain('we do not know why')
  })

  it('never shows the server’s English or its codes', () => {
    const strange = problemOf({ type: '/problems/quux', detail: 'E_QUUX at line 3' }, response(400))
    expect(explain(strange)).not.toContain('QUUX')
    expect(explain(problemOf({ type: '/problems/quux' }, response(404)))).toContain('not yours')
  })

  it('says how long to wait when asked too often', () => {
    expect(explain(problemOf({ type: '/problems/too-many-requests' }, response(429, { 'Retry-After': '600' })))).toContain('10 minutes')
    expect(explain(problemOf({ type: '/problems/too-many-requests' }, response(429)))).toContain('a minute')
  })

  it('says of each refused field what it needs, in our words', () => {
    const errors = [
      { field: 'phone', message: 'Expected `str` of length >= 5' },
      { field: 'phone', message: 'is no number' },
      { field: 'quux', message: 'is missing' },
      'nonsense',
    ]
    const marked = fieldErrors(problemOf({ type: '/problems/validation', errors }, response(400)))
    expect(Object.keys(marked)).toEqual(['phone', 'quux'])
    expect(marked.phone).toContain('country code')
    expect(marked.quux).toContain('check')
    expect(fieldErrors(asProblem(new TypeError()))).toEqual({})
  })
})
