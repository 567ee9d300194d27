import { beforeEach, describe, expect, it, vi } from 'vitest'

type Now = typeof import('./now')

const HERE = Date.parse('2027-03-01T08:00:00Z')
const says = (time: string) => new Headers({ 'Openhours-Time': time, Date: 'Mon, 01 Mar 2027 01:00:00 GMT' })

let time: Now

beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers({ now: HERE })
  time = await import('./now')
  return () => vi.useRealTimers()
})

describe('the present', () => {
  it('is the time of the product, whatever this device and the machine of the server say', () => {
    time.noteServerTime(says('2027-03-01T08:11:00.250Z'))
    expect(time.now()).toBe(HERE + 660_250)
    vi.advanceTimersByTime(2_000)
    expect(time.now()).toBe(HERE + 662_250)
  })

  it('is the device’s own when the answer was merely on its way', () => {
    time.noteServerTime(says('2027-03-01T07:59:59.400Z'))
    expect(time.now()).toBe(HERE)
  })

  it('stays as it was when an answer says nothing', () => {
    time.noteServerTime(says('2027-03-01T09:00:00Z'))
    time.noteServerTime(new Headers())
    time.noteServerTime(says('yesterday'))
    expect(time.now()).toBe(HERE + 3_600_000)
  })
})
