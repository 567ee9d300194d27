import type { ReactNode } from 'react'
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
      <div className="row wrap">{children}</div>
    </div>
  )
}

export function HelpPage() {
  return (
    <AboutPage text={help}>
      <ButtonLink to="/doctors">{help.ways.find}</ButtonLink>
      <ButtonLink look="outline" to="/sign-in/forgotten">
        {help.ways.forgotten}
      </ButtonLink>
      <ButtonLink look="outline" to="/report">
        {help.ways.report}
      </ButtonLink>
    </AboutPage>
  )
}

export function AccessibilityPage() {
  return (
    <AboutPage text={accessibility}>
      <ButtonLink to="/report">{accessibility.ways.report}</ButtonLink>
    </AboutPage>
  )
}

export function PrivacyPage() {
  return (
    <AboutPage text={privacy}>
      <ButtonLink to="/you/data">{privacy.ways.data}</ButtonLink>
    </AboutPage>
  )
}
