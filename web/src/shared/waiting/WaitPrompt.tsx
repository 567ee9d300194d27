import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { IconBell } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { waitsQuery, type Wait } from '@/shared/api/waitlist'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { lazyPart } from '@/shared/ui/lazyPart'
import type { Target } from './JoinWait'

const JoinWait = lazyPart(async () => (await import('./JoinWait')).JoinWait)

const text = words.waiting

interface Props {
  target: Target
  /** Whether a wait that goes on is this one. */
  same: (wait: Wait) => boolean
  /** What the button says, and what stands in its place while one waits already. */
  ask: string
  waiting: string
  look?: 'outline' | 'quiet'
}

/** Asks to be told of a time that becomes free; says so where one waits already. Staff do not wait. */
export function WaitPrompt({ target, same, ask, waiting, look = 'outline' }: Props) {
  const { me, state } = usePerson()
  const { href } = useLocation()
  const patient = me?.role === 'patient'
  const waits = useQuery({ ...waitsQuery, enabled: patient })
  const [opened, setOpened] = useState(false)
  const icon = <IconBell size={18} aria-hidden="true" />
  if (state === 'signed-out')
    return (
      <ButtonLink look={look} size="small" icon={icon} to="/sign-in" search={{ return_to: href }}>
        {ask}
      </ButtonLink>
    )
  if (!patient) return null
  if (waits.data?.some(same))
    return (
      <p className="small soft">
        {waiting}{' '}
        <Link to="/waiting" className="tall">
          {text.see}
        </Link>
      </p>
    )
  return (
    <>
      <Button look={look} size="small" icon={icon} onClick={() => setOpened(true)}>
        {ask}
      </Button>
      {opened && (
        <Suspense fallback={null}>
          <JoinWait target={target} opened onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
