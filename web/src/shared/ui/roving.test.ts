import { describe, expect, it } from 'vitest'
import { neighbour } from './roving'

/** Two columns; the last row has one. */
const slots = [
  { x: 0, y: 0 },
  { x: 200, y: 0 },
  { x: 0, y: 70 },
  { x: 200, y: 70 },
  { x: 0, y: 180 },
]

describe('arrow keys in a list of times', () => {
  it('go to the next and the one before, in reading order', () => {
    expect(neighbour(slots, 1, 'right')).toBe(2)
    expect(neighbour(slots, 2, 'left')).toBe(1)
    expect(neighbour(slots, 0, 'left')).toBeNull()
    expect(neighbour(slots, 4, 'right')).toBeNull()
  })

  it('go up and down by what is seen, over a gap between groups too', () => {
    expect(neighbour(slots, 1, 'down')).toBe(3)
    expect(neighbour(slots, 3, 'down')).toBe(4)
    expect(neighbour(slots, 4, 'up')).toBe(2)
    expect(neighbour(slots, 0, 'up')).toBeNull()
  })

  it('go to both ends', () => {
    expect(neighbour(slots, 2, 'first')).toBe(0)
    expect(neighbour(slots, 2, 'last')).toBe(4)
  })
})
