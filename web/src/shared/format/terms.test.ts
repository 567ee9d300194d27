import { expect, it } from 'vitest'
import { asDoctorsSay } from './terms'

const NAMES = { 'Skin (dermatology)': 'Haut (Dermatologie)', 'Nerves (neurology)': 'Nerven (Neurologie)', 'Kidneys (nephrology)': 'Nieren (Nephrologie)' }

it.each([
  ['haut', 'Skin (dermatology)'],
  ['Dermatolog', 'Skin (dermatology)'],
  ['Neph', 'Kidneys (nephrology)'],
  ['Ne', 'Ne'],
  ['Okafor', 'Okafor'],
])('asks for the field that is meant by %s', (typed, asked) => {
  expect(asDoctorsSay(typed, NAMES)).toBe(asked)
})

it('leaves what several fields may be meant by as it was typed', () => {
  expect(asDoctorsSay('ner', { ...NAMES, 'Renal surgery': 'Nerensteine' })).toBe('ner')
})
