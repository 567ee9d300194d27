import { afterEach, beforeEach, expect, it, vi } from 'vitest'

type Early = typeof import('./early')
type Client = typeof import('./client')
type Time = typeof import('@/shared/time')

const HERE = Date.parse('2027-03-01T08:00:00Z')
const PATH = '/api/doctors'

let asked: string[]
let early: Early
let client: Client
let time: Time

beforeEach(async () => {
  asked = []
  vi.useFakeTimers({ now: HERE })
  vi.stubGlobal('location', { origin: 'http://localhost' })
  vi.stubGlobal('fetch', (input: RequestInfo | URL) => {
    asked.push(input instanceof Request ? input.url : String(input))
    return Promise.resolve(Response.json({}, { headers: { 'Openhours-Time': new Date(Date.now()).toISOString() } }))
  })
  vi.resetModules()
  early = await import('./early')
  client = await import('./client')
  time = await import('@/shared/time')
  return () => vi.useRealTimers()
})

afterEach(() => vi.unstubAllGlobals())

const take = () => client.send(new Request(`http://localhost${PATH}`))

it('does not take the wait for the scripts for a clock that is wrong', async () => {
  await early.askEarly(PATH)
  vi.advanceTimersByTime(60_000)
  await take()
  expect(asked).toHaveLength(1)
  expect(time.now()).toBe(HERE + 60_000)
})

it('gives each answer once', async () => {
  await early.askEarly(PATH)
  await take()
  await take()
  expect(asked).toHaveLength(2)
})

it('gives no answer of a page that has begun without it', async () => {
  early.forgetEarly()
  await early.askEarly(PATH)
  expect(asked).toEqual([])
  vi.advanceTimersByTime(600_000)
  await take()
  expect(asked).toHaveLength(1)
  expect(time.now()).toBe(HERE + 600_000)
})
