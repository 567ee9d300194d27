/** Who is signed in, in this tab. The access token lives in this module's memory and nowhere else; the refresh cookie is the browser's. */
import { noteServerTime } from '@/shared/time'

/** `lapsed`: the server has ended the session of somebody who is still at work here, and may sign in again. */
export type SessionState = 'unknown' | 'signed-out' | 'signed-in' | 'lapsed'

interface Snapshot {
  state: SessionState
  /** Rises whenever another person may be there, or nobody, so that answers of an earlier person are never shown to the next. */
  generation: number
}

const REFRESH = '/api/auth/refresh'
const SIGN_OUT = '/api/auth/sign-out'

let token: string | null = null
let person: string | null = null
let snapshot: Snapshot = { state: 'unknown', generation: 0 }
let refreshing: Promise<boolean> | null = null
const listeners = new Set<() => void>()
const channel = typeof window === 'undefined' ? null : new BroadcastChannel('openhours-session')

function become(state: SessionState, newToken: string | null, newPerson: boolean): void {
  token = newToken
  if (snapshot.state === state && !newPerson) return
  snapshot = { state, generation: snapshot.generation + (newPerson ? 1 : 0) }
  for (const listener of listeners) listener()
}

/** Of whom a token speaks. Only the server may trust what it says; here it tells one person from the next. */
function subjectOf(token: string): string | null {
  try {
    const body = token.split('.')[1] ?? ''
    const { sub } = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown }
    return typeof sub === 'string' ? sub : null
  } catch {
    return null
  }
}

function enter(newToken: string, anew: boolean): void {
  const subject = subjectOf(newToken)
  const back = snapshot.state === 'lapsed' && subject !== null && subject === person
  const still = snapshot.state === 'signed-in' && subject === person && !anew
  person = subject
  become('signed-in', newToken, !back && !still)
}

function leave(): void {
  person = null
  become('signed-out', null, snapshot.state !== 'signed-out')
}

/** The server knows of no session: what somebody is in the middle of stays, for when they are back. */
function lapse(): void {
  if (snapshot.state === 'signed-in') become('lapsed', null, false)
  else if (snapshot.state === 'unknown') leave()
}

export function accessToken(): string | null {
  return token
}

export function readSession(): Snapshot {
  return snapshot
}

export function subscribeToSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function askForToken(): Promise<boolean> {
  const response = await fetch(REFRESH, { method: 'POST', credentials: 'same-origin' })
  noteServerTime(response.headers)
  if (response.ok && response.status !== 204) {
    const { access_token } = (await response.json()) as { access_token: string }
    const arrived = snapshot.state === 'unknown'
    enter(access_token, false)
    // Tabs that wait for somebody to sign in need not be told by hand.
    if (arrived) channel?.postMessage('here')
    return true
  }
  // Only the server's definite no ends a session; a server that is down says nothing about who somebody is.
  if ([204, 401, 403].includes(response.status) || snapshot.state === 'unknown') lapse()
  return false
}

/** Gets a new access token. One at a time in this tab and, through a lock, across tabs: each refresh uses up the cookie of the one before. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= exclusively(askForToken)
    .catch(() => {
      if (snapshot.state === 'unknown') leave()
      return false
    })
    .finally(() => {
      refreshing = null
    })
  return refreshing
}

async function exclusively(work: () => Promise<boolean>): Promise<boolean> {
  // The lock manager is missing where the page is not served over https or from this machine.
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks
  return locks ? await locks.request('openhours-refresh', work) : await work()
}

export function signedInWith(newToken: string): void {
  enter(newToken, true)
  channel?.postMessage('signed-in')
}

/** Ends the session here, at the server and in the other tabs. Throws when the server could not be reached: the person is still signed in then. */
export async function signOut(): Promise<void> {
  const headers: HeadersInit = token ? { Authorization: `Bearer ${token}` } : {}
  const response = await fetch(SIGN_OUT, { method: 'POST', credentials: 'same-origin', headers })
  if (!response.ok && response.status !== 401) throw new TypeError('the server did not end the session')
  leave()
  channel?.postMessage('signed-out')
}

/** The server has ended every session of this person by itself. */
export function forgetSession(): void {
  leave()
  channel?.postMessage('signed-out')
}

/** Nobody comes back to what a lapsed session was in the middle of. */
export function giveUpSession(): void {
  leave()
}

channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data === 'signed-out') leave()
  // Another person may be there now, or the one for whom this tab waits.
  else if (data === 'signed-in' || snapshot.state !== 'signed-in') void refreshSession()
})

// A page that the browser had put aside heard nothing meanwhile.
if (typeof window !== 'undefined')
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void refreshSession()
  })
