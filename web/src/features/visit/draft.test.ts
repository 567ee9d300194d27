import { describe, expect, it } from 'vitest'
import { draftOf, formOf, mistakesOf, sameForm, saysNothing } from './draft'

const row = (key: number, name: string, dose: string, days = '', instructions = '') => ({ key, name, dose, days, instructions })

describe('a prescription while it is written', () => {
  it('leaves out rows that nobody filled, and trims the rest', () => {
    const form = { medicines: [row(0, ' Ibuprofen ', '400 mg', ' 5 '), row(1, ' ', '')], advice: ' Rest. ' }
    expect(mistakesOf(form)).toEqual({})
    expect(draftOf(form)).toEqual({ medicines: [{ name: 'Ibuprofen', dose: '400 mg', instructions: '', days: 5 }], advice: 'Rest.' })
  })

  it('names what is missing, and days that are none', () => {
    const form = { medicines: [row(3, '', '1 tablet', '0'), row(4, 'Aspirin', '', '1,5')], advice: '' }
    expect(mistakesOf(form)).toEqual({ name3: 'missing', days3: 'daysWrong', dose4: 'missing', days4: 'daysWrong' })
  })

  it('begins with what was written, or with one empty row', () => {
    expect(formOf(undefined).medicines).toHaveLength(1)
    expect(saysNothing(draftOf(formOf(undefined)))).toBe(true)
    const written = { medicines: [{ name: 'A', dose: 'b', instructions: '', days: null }], advice: '', revision: 1, written_at: '', first_written_at: '' }
    expect(draftOf(formOf(written))).toEqual({ medicines: written.medicines, advice: '' })
    expect(sameForm(formOf(written), { ...formOf(written), advice: 'Rest' })).toBe(false)
  })
})
