import type { ReactNode } from 'react'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { ButtonLink } from '@/shared/ui/Button'
import { usePageTitle } from '@/shared/ui/PageTitle'

const { help, accessibility, privacy } = words.about

interface Props {
  text: { title: string; lead: string; parts: readonly { title: string; text: string }[] }
  /** The ways on, below all that is said. */
  children: ReactNode
}

function AboutPage({ text: { title, lead, parts }, children }: Props) {
  usePageTitle(title)
  return (
    <div className="page narrow stack loose">
      <div className="stack tight">
        <h1>{title}</h1>
        <p className="soft">{lead}</p>
      </div>
      {parts.map((part) => (
        <section key={part.title} className="card pad stack tight">
          <h2>{part.title}</h2>
          <p>{part.text}</p>
        </section>
      ))}
      {children && <div className="row wrap">{children}</div>}
    </div>
  )
}

/** Administrators read the reports, and keep nothing of their own that could be taken along. */
function useHasOwn(): boolean {
  return usePerson().me?.role !== 'administrator'
}

export function HelpPage() {
  const own = useHasOwn()
  return (
    <AboutPage text={help}>
      <ButtonLink to="/doctors">{help.ways.find}</ButtonLink>
      <ButtonLink look="outline" to="/sign-in/forgotten">
        {help.ways.forgotten}
      </ButtonLink>
      {own && (
        <ButtonLink look="outline" to="/report">
          {help.ways.report}
        </ButtonLink>
      )}
    </AboutPage>
  )
}

export function AccessibilityPage() {
  const own = useHasOwn()
  return <AboutPage text={accessibility}>{own && <ButtonLink to="/report">{accessibility.ways.report}</ButtonLink>}</AboutPage>
}

export function PrivacyPage() {
  const own = useHasOwn()
  return <AboutPage text={privacy}>{own && <ButtonLink to="/you/data">{privacy.ways.data}</ButtonLink>}</AboutPage>
}
