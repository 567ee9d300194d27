import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { Button } from './Button'
import { Note } from './Note'

/** Something could not be loaded: what happened, beside the way to try again. */
export function Failure({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const retry = onRetry && (
    <Button look="outline" size="small" onClick={onRetry}>
      {words.common.tryAgain}
    </Button>
  )
  return (
    <Note tone="red" role="alert" title={title} actions={retry}>
      {explain(error)}
    </Note>
  )
}
