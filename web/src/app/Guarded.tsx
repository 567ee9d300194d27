import { useLocation, type RouteComponent } from '@tanstack/react-router'
import type { Role } from '@/shared/api/types'
import { usePerson, useSession } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Redirect } from '@/shared/ui/GoTo'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Waiting } from './Waiting'


const EVERYBODY: readonly Role[] = ['patient', 'doctor', 'administrator']

function WrongRole({ needed, present }: { needed: readonly Role[]; present: Role }) {
  const { title, text, roles, you, home } = words.common.wrongRole
  usePageTitle(title)
  return (
    <div className="page form stack">
      <h1>{title}</h1>
      <p>{text(listed(needed.map((role) => roles[role])), you[present])}</p>
      <ButtonLink to={homeOf(present)}>{home}</ButtonLink>
    </div>
  )
}

/** “patients and doctors”, in the page's language. */
function listed(names: string[]): string {
  return new Intl.ListFormat(document.documentElement.lang).format(names)
}

function Gate({ roles, page: Page }: { roles: readonly Role[]; page: RouteComponent }) {
  const person = usePerson()
  const { generation } = useSession()
  const { href } = useLocation()
  if (person.state === 'unknown') return <Waiting />
  if (person.state === 'failed')
    return (
      <div className="page form">
        <Failure whole error={new TypeError()} onRetry={person.retry} />
      </div>
    )
  if (!person.me) {
    const to = roles.includes('patient') ? '/sign-in' : '/sign-in/doctor'
    return <Redirect to={to} search={{ return_to: href }} />
  }
  const present = person.me.role as Role
  return roles.includes(present) ? <Page key={generation} /> : <WrongRole needed={roles} present={present} />
}

/** A page for some kinds of people: everybody else is sent to sign in, or told whose page it is. The server decides again on every request. */
export function guarded(roles: Role | readonly Role[], page: RouteComponent): RouteComponent {
  const allowed = typeof roles === 'string' ? [roles] : roles
  const Guarded = () => <Gate roles={allowed} page={page} />
  return Object.assign(Guarded, page.preload && { preload: page.preload })
}

/** A page for whoever is signed in. */
export function signedIn(page: RouteComponent): RouteComponent {
  return guarded(EVERYBODY, page)
}
