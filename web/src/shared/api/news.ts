/** What the signed-in person was told. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, client } from './client'
import { MINE } from './mine'

const NEWS = [MINE, 'news'] as const

export const newsQuery = infiniteQueryOptions({
  queryKey: [...NEWS, 'list'],
  queryFn: ({ pageParam, signal }) =>
    answer(client.GET('/api/me/notifications', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next_cursor ?? null,
  refetchOnWindowFocus: 'always',
})

/** How much of it is new: for the bell, so it is asked for as little as will do. */
export const unreadQuery = queryOptions({
  queryKey: [...NEWS, 'unread'],
  queryFn: async ({ signal }) => (await answer(client.GET('/api/me/notifications', { params: { query: { limit: 1 } }, signal }))).unread,
  staleTime: 20_000,
  refetchInterval: 60_000,
  refetchOnWindowFocus: 'always',
})

/** The named ones, or all. */
export const markRead = (ids?: string[]) => answer(client.POST('/api/me/notifications/read', { body: { ids: ids ?? null } }))
