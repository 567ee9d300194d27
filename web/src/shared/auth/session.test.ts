import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

type Session = typeof import('./session')
type Client = typeof import('@/shared/api/client')

/** A server of refresh tokens: each refresh gives the next access token, and only the newest is good. */
class Server {
  refreshes = 0
  alive = true
  reachable = true
  signOuts = 0
  cookie = true

  answer = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(new URL(input instanceof Request ? input.url : String(input), 'http://localhost'), input instanceof Request ? input : init)
    await Promise.resolve()
    if (!this.reachable) throw new TypeError('Failed to fetch')
    const { pathname } = new URL(request.url)
    if (pathname === '/api/auth/refresh') {
      if (!this.cookie) return new Response(null, { status: 204 })
      if (!this.alive) return Response.json({ type: '/problems/session-revoked' }, { status: 401 })
      this.refreshes += 1
      return Response.json({ access_token: `token-${this.refreshes}` })
    }
    if (pathname === '/api/auth/sign-out') {
      this.signOuts += 1
      this.alive = false
      return new Response(null, { status: 204 })
    }
    const good = this.alive && request.headers.get('Authorization') === `Bearer token-${this.refreshes}`
    return good ? Response.json({ body: await request.text() }) : Response.json({ type: '/problems/invalid-token' }, { status: 401 })
  }
}

const tokenOf = (subject: string) => `head.${btoa(JSON.stringify({ sub: subject }))}.signature`

let server: Server
let session: Session
let client: Client

beforeEach(async () => {
  server = new Server()
  vi.stubGlobal('fetch', server.answer)
  vi.resetModules()
  session = await import('./session')
  client = await import('@/shared/api/client')
})

afterEach(() => vi.unstubAllGlobals())

const ask = (body?: string) => client.send(new Request('http://localhost/api/me', body === undefined ? {} : { method: 'POST', body }))

describe('the session', () => {
  it('is unknown until the server has said something', async () => {
    expect(session.readSession().state).toBe('unknown')
    await session.refreshSession()
    expect(session.readSession().state).toBe('signed-in')
  })

  it('is nobody’s when the browser has no cookie of one', async () => {
    server.cookie = false
    expect(await session.refreshSession()).toBe(false)
    expect(session.readSession().state).toBe('signed-out')
  })

  it('is over when the server says so', async () => {
    server.alive = false
    expect(await session.refreshSession()).toBe(false)
    expect(session.readSession().state).toBe('signed-out')
    expect(session.accessToken()).toBeNull()
  })

  it('is not over because the server could not be reached', async () => {
    await session.refreshSession()
    server.reachable = false
    expect(await session.refreshSession()).toBe(false)
    expect(session.readSession().state).toBe('signed-in')
  })

  it('refreshes once however many ask at the same time', async () => {
    await session.refreshSession()
    session.signedInWith('stale')
    const answers = await Promise.all([ask(), ask(), ask(), ask()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(server.refreshes).toBe(2)
  })

  it('sends the same body again after a refresh', async () => {
    await session.refreshSession()
    session.signedInWith('stale')
    expect(await (await ask('hold this time')).json()).toEqual({ body: 'hold this time' })
  })

  it('does not ask for ever when the new token is refused as well', async () => {
    await session.refreshSession()
    server.alive = false
    expect((await ask()).status).toBe(401)
    expect(session.readSession().state).toBe('lapsed')
    expect(session.accessToken()).toBeNull()
  })

  it('goes on where it was when the same person signs in again', async () => {
    session.signedInWith(tokenOf('lena'))
    const { generation } = session.readSession()
    server.alive = false
    await session.refreshSession()
    expect(session.readSession()).toEqual({ state: 'lapsed', generation })
    session.signedInWith(tokenOf('lena'))
    expect(session.readSession()).toEqual({ state: 'signed-in', generation })
  })

  it('begins anew when another person signs in instead, or nobody does', async () => {
    session.signedInWith(tokenOf('lena'))
    const { generation } = session.readSession()
    server.cookie = false
    await session.refreshSession()
    expect(session.readSession()).toEqual({ state: 'lapsed', generation })
    session.signedInWith(tokenOf('max'))
    expect(session.readSession()).toEqual({ state: 'signed-in', generation: generation + 1 })
    await session.refreshSession()
    session.giveUpSession()
    expect(session.readSession()).toEqual({ state: 'signed-out', generation: generation + 2 })
  })

  it('ends at the server and here', async () => {
    await session.refreshSession()
    const { generation } = session.readSession()
    await session.signOut()
    expect(server.signOuts).toBe(1)
    expect(session.accessToken()).toBeNull()
    expect(session.readSession()).toEqual({ state: 'signed-out', generation: generation + 1 })
  })

  it('stays when signing out did not reach the server', async () => {
    await session.refreshSession()
    server.reachable = false
    await expect(session.signOut()).rejects.toThrow(TypeError)
    expect(session.readSession().state).toBe('signed-in')
  })

  it('counts another person as another session, also without a sign-out between', async () => {
    await session.refreshSession()
    const { generation } = session.readSession()
    session.signedInWith('somebody else')
    expect(session.readSession().generation).toBe(generation + 1)
  })
})
