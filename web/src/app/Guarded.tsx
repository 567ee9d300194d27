import { useLocation, type RouteComponent } from '@tanstack/react-router'
import type { Role } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Redirect } from '@/shared/ui/GoTo'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Waiting } from './Waiting'


function WrongRole({ needed, present }: { needed: Role; present: Role }) {
  const { title, text, roles, you, home } = words.common.wrongRole
  usePageTitle(title)
  return (
    <div className="page form stack">
      <h1>{title}</h1>
      <p>{text(roles[needed], you[present])}</p>
      <ButtonLink to={homeOf(present)}>{home}</ButtonLink>
    </div>
  )
}

function Gate({ role, page: Page }: { role: Role; page: RouteComponent }) {
  const person = usePerson()
  const { href } = useLocation()
  if (person.state === 'unknown') return <Waiting />
  if (person.state === 'failed')
    return (
      <div className="page form">
        <Failure error={new TypeError()} onRetry={person.retry} />
      </div>
    )
  if (!person.me) {
    const to = role === 'patient' ? '/sign-in' : '/sign-in/doctor'
    return <Redirect to={to} search={{ return_to: href }} />
  }
  return person.me.role === role ? <Page /> : <WrongRole needed={role} present={person.me.role as Role} />
}

/** A page for one kind of person: everybody else is sent to sign in, or told whose page it is. The server decides again on every request. */
export function guarded(role: Role, page: RouteComponent): RouteComponent {
  const Guarded = () => <Gate role={role} page={page} />
  return Object.assign(Guarded, page.preload && { preload: page.preload })
}
