import { Link, getRouteApi } from '@tanstack/react-router'
import { usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { GoTo } from '@/shared/ui/GoTo'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { StaffForm } from './StaffForm'

const route = getRouteApi('/_patient/sign-in/doctor')
const text = words.account.staff

export function StaffSignIn() {
  usePageTitle(text.title)
  const { return_to } = route.useSearch()
  const { me } = usePerson()
  if (me) return <GoTo href={return_to ?? homeOf(me.role)} />
  return (
    <div className="page form stack loose">
      <div>
        <h1>{text.title}</h1>
        <p className="soft">{text.lead}</p>
      </div>
      <div className="card pad">
        <StaffForm />
      </div>
      <p className="center">
        <Link to="/sign-in/forgotten">{words.passwords.forgotten.link}</Link>
      </p>
      <p className="center">
        <Link to="/register">{text.register}</Link>
      </p>
      <p className="center">
        {text.patients} <Link to="/sign-in">{text.patientsHere}</Link>
      </p>
    </div>
  )
}
