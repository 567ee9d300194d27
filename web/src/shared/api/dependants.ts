/** Those for whom a patient books: a child, a parent, whoever cannot or does not book alone. */
import { queryOptions } from '@tanstack/react-query'
import { answer, client, idempotent } from './client'
import { MINE } from './mine'
import type { paths } from './schema'

export const dependantsQuery = queryOptions({
  queryKey: [MINE, 'dependants'],
  queryFn: ({ signal }) => answer(client.GET('/api/patient/dependants', { signal })),
  staleTime: 60_000,
})

export type Dependant = paths['/api/patient/dependants']['get']['responses'][200]['content']['application/json'][number]
export type Relation = Dependant['relation']
export type NewDependant = Pick<Dependant, 'name' | 'birth_date' | 'relation'>

export const RELATIONS: readonly Relation[] = ['child', 'parent', 'partner', 'sibling', 'other']

export const addDependant = (who: NewDependant, key: string) =>
  answer(client.POST('/api/patient/dependants', { body: who, params: { header: idempotent(key) } }))

export const changeDependant = (id: string, who: NewDependant) =>
  answer(client.PATCH('/api/patient/dependants/{dependant_id}', { params: { path: { dependant_id: id } }, body: who }))

export const removeDependant = (id: string) =>
  answer(client.DELETE('/api/patient/dependants/{dependant_id}', { params: { path: { dependant_id: id } } }))
