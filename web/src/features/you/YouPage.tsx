import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { IconLogout } from '@tabler/icons-react'
import { useState } from 'react'
import { profileQuery } from '@/shared/api/mine'
import { signOut } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Appearance } from './Appearance'
import { DetailsForm } from './DetailsForm'

const text = words.account.you

export function YouPage() {
  usePageTitle(text.title)
  const profile = useQuery(profileQuery)
  const slow = useSlow(profile.isPending)
  return (
    <div className="page form stack loose">
      <h1>{text.title}</h1>
      {profile.data && <DetailsForm profile={profile.data} key={profile.data.id} />}
      {profile.error && <Failure error={profile.error} onRetry={() => void profile.refetch()} />}
      {slow && <Bar width="100%" height={420} round={18} />}
      <Appearance />
      <SignOut />
    </div>
  )
}

function SignOut() {
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
          {text.signOutFailed}
        </Note>
      )}
      <Button look="outline" icon={<IconLogout size={20} aria-hidden="true" />} busy={state === 'busy'} onClick={leave}>
        {text.signOut}
      </Button>
    </div>
  )
}
