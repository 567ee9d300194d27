import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { PatientShell } from './shells/PatientShell'

export function NotFound() {
  const { title, text, home } = words.common.notFound
  usePageTitle(title)
  return (
    <PatientShell>
      <div className="page form stack">
        <h1>{title}</h1>
        <p className="soft">{text}</p>
        <p>
          <ButtonLink to="/">{home}</ButtonLink>
        </p>
      </div>
    </PatientShell>
  )
}
