import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { Button } from './Button'
import { Note } from './Note'

interface Props {
  error: unknown
  onRetry?: () => void
  title?: string
  /** It stands for the whole page, which has no heading without it. */
  whole?: boolean
}

/** Something could not be loaded: what happened, beside the way to try again. */
export function Failure({ error, onRetry, title, whole }: Props) {
  const retry = onRetry && (
    <Button look="outline" size="small" onClick={onRetry}>
      {words.common.tryAgain}
    </Button>
  )
  const note = (
    <Note tone="red" role="alert" title={title} actions={retry}>
      {explain(error)}
    </Note>
  )
  if (!whole) return note
  return (
    <div className="stack">
      <h1>{words.common.notShown}</h1>
      {note}
    </div>
  )
}
