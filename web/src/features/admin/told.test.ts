import { expect, test } from 'vitest'
import { told } from './told'

test('a fact that is empty or not known has no line', () => {
  expect(
    told([
      ['Price', '$106.20'],
      ['Struck because', undefined],
      ['Cancelled', null],
      ['Refunded', false],
      ['Receipt', ''],
      ['Visits', 0],
    ]),
  ).toEqual([
    ['Price', '$106.20'],
    ['Visits', 0],
  ])
})
