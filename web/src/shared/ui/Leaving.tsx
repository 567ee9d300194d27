import { useBlocker } from '@tanstack/react-router'
import { words } from '@/shared/text'
import { Ask } from './Ask'

interface Props {
  dirty: boolean
  /** Steps of the same form, which keep what was written. */
  within?: string
}

/** Asks before a page is left with something on it that is not saved; on closing the window the browser asks itself. */
export function Leaving({ dirty, within }: Props) {
  // Read here, not above: a first visit may load this file beside others, before the words of later pages.
  const text = words.you.leaving
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ next }) => dirty && next.pathname !== within,
    enableBeforeUnload: dirty,
    disabled: !dirty,
    withResolver: true,
  })
  return (
    <Ask opened={status === 'blocked'} onClose={() => reset?.()} title={text.title} keep={text.keep} go={text.go} danger onGo={() => proceed?.()}>
      <p className="soft">{text.text}</p>
    </Ask>
  )
}
