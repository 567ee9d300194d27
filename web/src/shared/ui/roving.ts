import { useState, type FocusEvent, type KeyboardEvent } from 'react'

type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

const KEYS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
}

export interface Place {
  x: number
  y: number
}

/** Which of several things on a plane an arrow key leads to; null at the edge. */
export function neighbour(places: readonly Place[], from: number, direction: Direction): number | null {
  const here = places[from]
  if (!here) return null
  if (direction === 'first') return 0
  if (direction === 'last') return places.length - 1
  if (direction === 'left') return from > 0 ? from - 1 : null
  if (direction === 'right') return from < places.length - 1 ? from + 1 : null
  const down = direction === 'down'
  let best: number | null = null
  let bestScore = Number.POSITIVE_INFINITY
  places.forEach(({ x, y }, index) => {
    const dy = down ? y - here.y : here.y - y
    if (dy <= 1) return
    // The next row first, and in it whatever is nearest.
    const score = dy * 1_000 + Math.abs(x - here.x)
    if (score < bestScore) {
      bestScore = score
      best = index
    }
  })
  return best
}

/** One stop for the Tab key, arrow keys inside. Spread `box` on the container and `item(key)` on each thing in it. */
export function useRoving(start: string | undefined) {
  const [focused, setFocused] = useState<string | null>(null)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const direction = KEYS[event.key]
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-roving]')]
    const from = items.findIndex((item) => item === document.activeElement)
    if (!direction || from < 0) return
    const places = items.map((item) => {
      const { left, top } = item.getBoundingClientRect()
      return { x: left, y: top }
    })
    const to = neighbour(places, from, direction)
    if (to === null) return
    event.preventDefault()
    items[to]?.focus()
  }
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => setFocused(target.dataset.roving ?? null)
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (!currentTarget.contains(relatedTarget)) setFocused(null)
  }
  const stop = focused ?? start
  return {
    box: { onKeyDown, onFocus, onBlur },
    item: (key: string) => ({ 'data-roving': key, tabIndex: key === stop ? 0 : -1 }),
  }
}
