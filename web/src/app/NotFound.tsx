import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { Odd } from '@/shared/ui/Odd'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { PatientShell } from './shells/PatientShell'

export function NotFound() {
  const { title, text, home } = words.common.notFound
  usePageTitle(title)
  return (
    <PatientShell>
      <Odd title={title} text={text}>
        <ButtonLink to="/">{home}</ButtonLink>
        <ButtonLink to="/doctors" look="outline">
          {words.common.nav.find}
        </ButtonLink>
      </Odd>
    </PatientShell>
  )
}
