import { QueryClient } from '@tanstack/react-query'
import { MINE } from '@/shared/api/mine'
import { asProblem } from '@/shared/api/problem'
import { readSession, subscribeToSession } from '@/shared/auth/session'

const WORTH_ASKING_AGAIN = new Set(['offline', 'unavailable', 'storage-busy', 'overloaded', 'provider-unavailable', 'too-slow'])

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && WORTH_ASKING_AGAIN.has(asProblem(error).kind),
      // A failed page must be able to say so at once instead of waiting for a connection in silence.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { networkMode: 'always' },
  },
})

let before = readSession()

subscribeToSession(() => {
  const session = readSession()
  if (session.generation !== before.generation) queryClient.removeQueries({ queryKey: [MINE] })
  else if (before.state === 'lapsed') void queryClient.invalidateQueries({ queryKey: [MINE] })
  before = session
})
