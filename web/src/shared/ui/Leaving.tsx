import { useBlocker } from '@tanstack/react-router'
import { words } from '@/shared/text'
import { Ask } from './Ask'

const text = words.you.leaving

interface Props {
  dirty: boolean
  /** Steps of the same form, which keep what was written. */
  within?: string
}

/** Asks before a page is left with something on it that is not saved; on closing the window the browser asks itself. */
export function Leaving({ dirty, within }: Props) {
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
