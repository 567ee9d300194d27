import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadWords } from './load'
import { languageOf } from './language'

describe('the language', () => {
  it('is the first of those wanted that there is, else English', () => {
    expect(languageOf(['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(languageOf([null, 'en-GB', 'de'])).toBe('en')
    expect(languageOf(['de', 'en-US'])).toBe('de')
    expect(languageOf(['xx', 'toString', ''])).toBe('en')
  })
})

describe('in German', () => {
  const german = async () => {
    vi.resetModules()
    vi.stubGlobal('window', globalThis)
    vi.stubGlobal('localStorage', { getItem: () => 'de' })
    await (await import('./load')).loadWords('de')
    return { ...(await import('@/shared/time')), ...(await import('@/shared/format/money')), ...(await import('./language')) }
  }
  const plain = (text: string | null) => text?.replaceAll(/[\u00a0\u202f]/g, ' ')

  afterEach(async () => {
    vi.unstubAllGlobals()
    vi.resetModules()
    await loadWords('en')
  })

  it('times, days and zones are written as Germans write them', async () => {
    const here = await german()
    expect(here.language).toBe('de')
    expect(plain(here.clockText('2026-11-19T20:20:00Z', 'Europe/Berlin'))).toBe('21:20 Uhr')
    expect(here.clock('2026-11-19T20:20:00Z', 'Europe/Berlin')).toEqual({ digits: '21:20', period: '' })
    expect(plain(here.hourText(9 * 60))).toBe('9 Uhr')
    expect(here.dayLong('2026-11-19')).toBe('Donnerstag, 19. November')
    expect(here.dayShort('2026-11-19')).toBe('Do., 19. Nov.')
    expect(here.monthName('2026-03')).toBe('März 2026')
    expect(here.soon('2026-11-17T20:10:00Z', '2026-11-17T19:52:00Z')).toBe('in 18 Minuten')
    expect(here.placeOf('Europe/Vienna')).toBe('Wien')
    expect(here.zoneChoices('Europe/Vienna')).toContainEqual({ value: 'America/New_York', label: 'New York (Amerika)' })
  })

  it('money, percentages and ratings have their comma', async () => {
    const here = await german()
    expect(plain(here.formatMoney({ amount: 1_234_550, currency: 'EUR' }))).toBe('12.345,50 €')
    expect(plain(here.formatPercent('7.25'))).toBe('7,25 %')
    expect(here.formatRating(4.8)).toBe('4,8')
  })
})
