import { afterEach, expect, it, vi } from 'vitest'
import { firstAnswers } from './firstAnswers'
import { router } from './router'

afterEach(() => vi.unstubAllGlobals())

it('asks for the list that the address means to the router, which writes a number of days in quotes', async () => {
  const asked: URL[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(new URL(request.url))
    return Promise.resolve(Response.json({ items: [], next_cursor: null }))
  })
  const { pathname, searchStr } = router.buildLocation({ to: '/doctors', search: { when: '3', q: 'Rao' } })
  await firstAnswers({ pathname, search: searchStr })
  const list = asked.find((url) => url.pathname === '/api/doctors')
  expect(list?.searchParams.get('q')).toBe('Rao')
  expect(list?.searchParams.get('available_before')).toMatch(/^\d{4}-\d\d-\d\dT/)
})
