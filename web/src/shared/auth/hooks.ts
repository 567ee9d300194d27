import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { meQuery } from '@/shared/api/mine'
import type { Me } from '@/shared/api/types'
import { browserZone, isZone, type Zone } from '@/shared/time'
import { readSession, subscribeToSession } from './session'

export function useSession() {
  return useSyncExternalStore(subscribeToSession, readSession, readSession)
}

export interface Person {
  /** `unknown` until the server has said whether anybody is signed in, and who. */
  state: 'unknown' | 'signed-out' | 'signed-in' | 'failed'
  me: Me | null
  retry: () => void
}

export function usePerson(): Person {
  const { state } = useSession()
  const { data, isError, refetch } = useQuery({ ...meQuery, enabled: state === 'signed-in' })
  const retry = () => void refetch()
  // Who is asked to sign in again has not gone: their page stays as it is meanwhile.
  if (state === 'lapsed' && data) return { state: 'signed-in', me: data, retry }
  if (state === 'lapsed') return { state: 'signed-out', me: null, retry }
  if (state !== 'signed-in') return { state, me: null, retry }
  if (data) return { state: 'signed-in', me: data, retry }
  return { state: isError ? 'failed' : 'unknown', me: null, retry }
}

/** The zone in which this reader's times are shown: that of the profile, else the device's. */
export function useZone(): Zone {
  const { me } = usePerson()
  return isZone(me?.time_zone) ? me.time_zone : browserZone()
}
