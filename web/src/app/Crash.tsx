import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'

/** A fault of ours. It stands without shells, queries or routes, any of which may be what broke. */
export function Crash() {
  const { title, text, reload } = words.common.crash
  return (
    <main className="page form stack">
      <h1>{title}</h1>
      <p className="soft">{text}</p>
      <p>
        <Button onClick={() => location.reload()}>{reload}</Button>
      </p>
    </main>
  )
}
