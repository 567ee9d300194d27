import { useNavigate } from '@tanstack/react-router'
import { IconLogout } from '@tabler/icons-react'
import { useState } from 'react'
import { signOut } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'

export function SignOut({ look }: { look: 'outline' | 'quiet' }) {
  const navigate = useNavigate()
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const leave = () => {
    setState('busy')
    signOut().then(
      () => navigate({ to: '/' }),
      () => setState('failed'),
    )
  }
  return (
    <div className="stack">
      {state === 'failed' && (
        <Note tone="red" role="alert">
          {words.account.you.signOutFailed}
        </Note>
      )}
      <div>
        <Button look={look} icon={<IconLogout size={20} aria-hidden="true" />} busy={state === 'busy'} onClick={leave}>
          {words.you.signOut}
        </Button>
      </div>
    </div>
  )
}
