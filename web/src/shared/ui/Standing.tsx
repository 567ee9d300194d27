import { useQuery } from '@tanstack/react-query'
import { ownProfileQuery } from '@/shared/api/practice'
import type { Me } from '@/shared/api/types'
import { words } from '@/shared/text'
import { ButtonLink } from './Button'
import { Note } from './Note'

const text = words.register.standing

/** What a doctor who is not listed needs to know: why, what happens next, and what can be done meanwhile. */
export function Standing({ status }: { status: Me['status'] }) {
  const unlisted = status === 'pending' || status === 'rejected' || status === 'suspended'
  const { data } = useQuery({ ...ownProfileQuery, enabled: unlisted && status !== 'pending' })
  if (!unlisted) return null
  const said = data?.status_reason && <p className="break">{text.said(data.status_reason)}</p>
  const ways = (
    <>
      {status !== 'suspended' && (
        <ButtonLink look="outline" size="small" to="/profile">
          {text.profile}
        </ButtonLink>
      )}
      <ButtonLink look="outline" size="small" to={status === 'pending' ? '/hours' : '/report'}>
        {status === 'pending' ? text.hours : text.tell}
      </ButtonLink>
    </>
  )
  return (
    <Note tone={status === 'pending' ? 'amber' : 'red'} title={text[status].title} actions={ways}>
      <p>{text[status].text}</p>
      {said}
      {status === 'pending' && <p>{text.pending.meanwhile}</p>}
    </Note>
  )
}
