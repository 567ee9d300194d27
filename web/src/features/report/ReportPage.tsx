import { useState } from 'react'
import type { Role } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { homeOf } from '@/shared/auth/return'
import { words } from '@/shared/text'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { ReportForm } from './ReportForm'
import styles from './report.module.css'

const text = words.report

export function ReportPage() {
  usePageTitle(text.title)
  const { me } = usePerson()
  const [sent, setSent] = useState(false)
  const role = (me?.role ?? 'patient') as Role
  return (
    <div className={role === 'patient' ? 'page form' : styles.staff}>
      <div className="stack loose">
        <div className="stack tight">
          <h1>{sent ? text.sent.title : text.title}</h1>
          {!sent && <p className="soft">{text.lead}</p>}
        </div>
        {sent ? (
          <>
            <div role="status">
              <Note tone="green">{text.sent.text}</Note>
            </div>
            <div className="row wrap">
              <ButtonLink to={role === 'patient' ? '/appointments' : homeOf(role)}>{text.sent.home}</ButtonLink>
              <Button look="quiet" onClick={() => setSent(false)}>
                {text.sent.another}
              </Button>
            </div>
          </>
        ) : (
          <>
            <Note tone="amber">{text.emergency}</Note>
            <ReportForm onSent={() => setSent(true)} />
          </>
        )}
      </div>
    </div>
  )
}
