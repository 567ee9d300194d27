import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { usePageTitle } from '@/shared/ui/PageTitle'

const text = words.you.data.gone

/** After one's account was closed. */
export function GonePage() {
  usePageTitle(text.title)
  return (
    <div className="page form stack">
      <h1>{text.title}</h1>
      <p className="soft">{text.text}</p>
      <p>
        <ButtonLink to="/">{text.home}</ButtonLink>
      </p>
    </div>
  )
}
