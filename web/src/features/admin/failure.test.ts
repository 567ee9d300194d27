import { describe, expect, it } from 'vitest'
import { failureOf } from './failure'

describe('why a task failed', () => {
  it('tells a service that is away from one that is broken or refuses', () => {
    expect(failureOf('ProviderUnavailable: the provider did not answer in time')).toEqual({ kind: 'away', detail: 'the provider did not answer in time' })
    expect(failureOf('ProviderFailed: ')).toEqual({ kind: 'broken', detail: '' })
    expect(failureOf('ProviderRefused: address: takes no mail')).toEqual({ kind: 'refused', detail: 'address: takes no mail' })
  })

  it('takes whatever else for our own fault, and keeps all of its words', () => {
    expect(failureOf('ValueError: not a message')).toEqual({ kind: 'ours', detail: 'ValueError: not a message' })
    expect(failureOf('')).toEqual({ kind: 'ours', detail: '' })
  })
})
