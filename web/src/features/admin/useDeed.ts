import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ADMIN } from '@/shared/api/admin'
import { repeatable, useIntentKey } from '@/shared/api/intent'
import { isKind } from '@/shared/api/problem'
import { notify } from '@/shared/ui/notify'

/**
 * Something that an administrator does once, however often it is sent: the same thing meant has the same key until the
 * server has answered. Afterwards every list of theirs is looked at again.
 */
export function useDeed<Meant, Done>(
  act: (meant: Meant, key: string) => Promise<Done>,
  { said, then }: { said: (done: Done, meant: Meant) => string; then?: (done: Done) => void },
) {
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: (meant: Meant) => act(meant, keyFor(JSON.stringify(meant))),
    onSuccess: (done, meant) => {
      settled()
      void notify(said(done, meant))
      then?.(done)
    },
    onError: (error) => {
      if (!isKind(error, 'offline')) settled()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ADMIN }),
  })
}
