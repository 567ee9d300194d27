import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, client } from './client'

/** What patients pay at a fee in minor units: fee, tax and total, as the server reckons them. */
export const priceQuery = (fee: number) =>
  queryOptions({
    queryKey: ['price', fee],
    queryFn: ({ signal }) => answer(client.GET('/api/clinic/price', { params: { query: { fee } }, signal })),
    staleTime: 60 * 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  })
