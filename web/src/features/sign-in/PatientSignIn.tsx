import { Link, getRouteApi } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { IconBrandGoogle } from '@tabler/icons-react'
import { clinicQuery } from '@/shared/api/public'
import { usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { browserZone } from '@/shared/time'
import { ButtonAnchor } from '@/shared/ui/Button'
import { GoTo } from '@/shared/ui/GoTo'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'

const route = getRouteApi('/_patient/sign-in')
const text = words.account.signIn

export function PatientSignIn() {
  usePageTitle(text.title)
  const { return_to, error } = route.useSearch()
  const { me } = usePerson()
  const clinic = useQuery(clinicQuery)
  if (me) return <GoTo href={return_to ?? homeOf(me.role)} />
  const start = `/api/auth/google/start?${new URLSearchParams({ return_to: return_to ?? '/doctors', time_zone: browserZone() }).toString()}`
  return (
    <div className="page form stack loose">
      <div>
        <h1>{text.title}</h1>
        <p className="soft">{text.lead}</p>
      </div>
      {error && (
        <Note tone="red" role="alert">
          {text.failed[error] ?? text.failed.refused}
        </Note>
      )}
      <div className="card pad stack">
        <ButtonAnchor href={start} size="large" full icon={<IconBrandGoogle size={22} aria-hidden="true" />}>
          {text.google}
        </ButtonAnchor>
        {clinic.data?.simulated.includes('identity') && <Note tone="amber">{text.googleSimulated}</Note>}
        <p className="small muted center">{text.newHere}</p>
      </div>
      <p className="center">
        {text.forDoctors} <Link to="/sign-in/doctor">{text.doctorsHere}</Link>
      </p>
    </div>
  )
}
