import { expect, test } from 'vitest'
import { beginsLike } from './beginsLike'

test.each([
  ['Skin (dermatology)', 'skin', true],
  ['Skin (dermatology)', 'derma', true],
  ['Dr José Álvarez', 'ál', true],
  ['General practice', 'skin', false],
  ['General practice', 'ractice', false],
  ['General practice', '', true],
  ['General practice', 'general pr', true],
])('%s begins like “%s”: %s', (name, typed, expected) => {
  expect(beginsLike(name, typed)).toBe(expected)
})
