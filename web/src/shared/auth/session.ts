/** Who is signed in, in this tab. The access token lives in this module's memory and nowhere else; the refresh cookie is the browser's. */
import { noteServerTime } from '@/shared/time'

export type SessionState = 'unknown' | 'signed-out' | 'signed-in'

interface Snapshot {
  state: SessionState
  /** Rises with every sign-in and sign-out, so that answers of an earlier person are never shown to the next. */
  generation: number
}

const REFRESH = '/api/auth/refresh'
const SIGN_OUT = '/api/auth/sign-out'

let token: string | null = null
let snapshot: Snapshot = { state: 'unknown', generation: 0 }
let refreshing: Promise<boolean> | null = null
const listeners = new Set<() => void>()
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('openhours-session')

function become(state: SessionState, newToken: string | null, newPerson = false): void {
  token = newToken
  if (snapshot.state === state && !newPerson) return
  snapshot = { state, generation: snapshot.generation + 1 }
  for (const listener of listeners) listener()
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
  if (response.status === 204) {
    become('signed-out', null)
    return false
  }
  if (response.ok) {
    const { access_token } = (await response.json()) as { access_token: string }
    become('signed-in', access_token)
    return true
  }
  // Only the server's definite no ends a session; a server that is down says nothing about who somebody is.
  if (response.status === 401 || response.status === 403 || snapshot.state === 'unknown') become('signed-out', null)
  return false
}

/** Gets a new access token. One at a time in this tab and, through a lock, across tabs: each refresh uses up the cookie of the one before. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= exclusively(askForToken)
    .catch(() => {
      if (snapshot.state === 'unknown') become('signed-out', null)
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
  become('signed-in', newToken, true)
  channel?.postMessage('signed-in')
}

/** Ends the session here, at the server and in the other tabs. Throws when the server could not be reached: the person is still signed in then. */
export async function signOut(): Promise<void> {
  const headers: HeadersInit = token ? { Authorization: `Bearer ${token}` } : {}
  const response = await fetch(SIGN_OUT, { method: 'POST', credentials: 'same-origin', headers })
  if (!response.ok && response.status !== 401) throw new TypeError('the server did not end the session')
  become('signed-out', null)
  channel?.postMessage('signed-out')
}

/** The server has ended every session of this person by itself. */
export function forgetSession(): void {
  become('signed-out', null)
  channel?.postMessage('signed-out')
}

channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data === 'signed-out') become('signed-out', null)
  else if (data === 'signed-in') {
    // Another tab may hold another person now.
    become('unknown', null)
    void refreshSession()
  }
})
