import { usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { usePageTitle } from '@/shared/ui/PageTitle'

const text = words.account.signedIn

/** Where somebody arrives who signed in again beside a page that they were in the middle of. */
export function SignedInPage() {
  const { me } = usePerson()
  usePageTitle(text.title)
  return (
    <div className="page form stack">
      <h1>{text.title}</h1>
      <p className="soft">{text.text}</p>
      <p>
        <ButtonLink to={homeOf(me?.role)} look="outline">
          {text.here}
        </ButtonLink>
      </p>
    </div>
  )
}
