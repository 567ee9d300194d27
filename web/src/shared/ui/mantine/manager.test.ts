import { afterEach, expect, it, vi } from 'vitest'
import { chooseColours } from '../colours'
import { manager } from './manager'

afterEach(() => vi.unstubAllGlobals())

it('lets one of several go without taking the colours from the others', () => {
  vi.stubGlobal('document', { documentElement: { setAttribute: () => undefined } })
  const heard: string[] = []
  const [first, second] = [manager(), manager()]
  first.subscribe((colours) => heard.push(`first ${colours}`))
  second.subscribe((colours) => heard.push(`second ${colours}`))
  first.unsubscribe()
  chooseColours('dark')
  second.unsubscribe()
  chooseColours('light')
  expect(heard).toEqual(['second dark'])
})
