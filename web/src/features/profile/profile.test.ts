import { describe, expect, it } from 'vitest'
import type { DoctorProfile } from '@/shared/api/types'
import { changesOf, formOf } from './profile'

const saved = {
  name: 'Dr Amara Okafor',
  specialization: 'Skin',
  qualifications: '',
  languages: ['English', 'Igbo'],
  phone: '+13125550142',
  fee: { amount: 9_050, currency: 'USD' },
  about: 'Skin and nails.',
} as DoctorProfile

describe('a doctor’s profile', () => {
  it('sends nothing when nothing was changed', () => {
    expect(changesOf(formOf(saved), saved)).toEqual({})
    expect(changesOf({ ...formOf(saved), languages: ' English ,Igbo, ', name: ' Dr Amara Okafor ' }, saved)).toEqual({})
  })

  it('sends what was changed and nothing else', () => {
    expect(changesOf({ ...formOf(saved), fee: '95', about: '' }, saved)).toEqual({ fee: { amount: 9_500, currency: 'USD' }, about: '' })
    expect(changesOf({ ...formOf(saved), languages: 'Igbo' }, saved)).toEqual({ languages: ['Igbo'] })
  })

  it('leaves an amount that is none to the server, which marks the field', () => {
    expect(changesOf({ ...formOf(saved), fee: 'ninety' }, saved).fee?.amount).toBe(-1)
  })
})
