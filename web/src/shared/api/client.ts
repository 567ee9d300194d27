/** The one way to the server: typed by the OpenAPI document, signed with the access token, its refusals thrown as Problem. */
import createClient from 'openapi-fetch'
import { accessToken, refreshSession } from '@/shared/auth/session'
import { takeEarly } from './early'
import { noteServerTime } from '@/shared/time'
import { problemOf } from './problem'
import type { paths } from './schema'

function signed(request: Request): Request {
  const token = accessToken()
  const copy = request.clone()
  if (token) copy.headers.set('Authorization', `Bearer ${token}`)
  return copy
}

/** Sends with the present token; if the server no longer takes it, gets a new one and sends once more. */
export async function send(request: Request): Promise<Response> {
  const hadToken = accessToken() !== null
  const early = await takeEarly(request)?.catch(() => null)
  if (early) {
    noteServerTime(early.response.headers, early.at)
    return early.response
  }
  let response = await fetch(signed(request))
  if (response.status === 401 && hadToken && (await refreshSession())) response = await fetch(signed(request))
  noteServerTime(response.headers)
  return response
}

export const client = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: send,
})

interface Reply<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The data of an answer, or its Problem thrown. */
export async function answer<Data>(reply: Promise<Reply<Data>>): Promise<Data> {
  const { data, error, response } = await reply
  if (!response.ok) throw problemOf(error, response)
  return data as Data
}

/** For an answer that the document allows to be absent, which is only so when the browser's cache is asked directly. */
export async function present<Data>(reply: Promise<Data | null>): Promise<Data> {
  const data = await reply
  if (data === null) throw problemOf(null, { status: 502, headers: new Headers() })
  return data
}

/** The header that makes a repeated request the same request: one key for each thing that a person means to do. */
export function idempotent(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key }
}

/** A file that only the signed-in person may have. */
export async function download(path: string): Promise<Blob> {
  const response = await send(new Request(new URL(path, location.origin)))
  if (!response.ok) throw problemOf(await response.json().catch(() => null), response)
  return response.blob()
}
