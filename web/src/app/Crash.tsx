import type { ErrorComponentProps } from '@tanstack/react-router'
import { words } from '@/shared/text'
import { Button, ButtonAnchor } from '@/shared/ui/Button'
import { Odd } from '@/shared/ui/Odd'

/** A fault of ours, or a part of the product that did not arrive. It stands without shells, queries or routes, any of which may be what broke. */
export function Crash({ error }: Pick<ErrorComponentProps, 'error'>) {
  const { title, text, reload, home, notArrived } = words.common.crash
  // A browser's own word for a script that could not be fetched: each has another, but all of them speak of a module.
  const missing = error instanceof TypeError && /module|import/i.test(error.message)
  const told = missing ? notArrived : { title, text }
  return (
    <main>
      <Odd title={told.title} text={told.text}>
        <Button onClick={() => location.reload()}>{reload}</Button>
        <ButtonAnchor href="/" look="outline">
          {home}
        </ButtonAnchor>
      </Odd>
    </main>
  )
}
