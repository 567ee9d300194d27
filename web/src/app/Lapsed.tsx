import { useNavigate } from '@tanstack/react-router'
import { IconBrandGoogle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { StaffForm } from '@/features/sign-in/StaffForm'
import type { Me } from '@/shared/api/types'
import { giveUpSession } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button, ButtonAnchor } from '@/shared/ui/Button'
import styles from './app.module.css'

const text = words.common.lapsed

/**
 * Asks somebody whose session has ended to sign in again, over the page that they are in the middle of. The browser's own
 * dialog, because it lies above any other that may be open, and hides what is behind it.
 */
export function Lapsed({ me }: { me: Me }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const navigate = useNavigate()
  useEffect(() => dialog.current?.showModal(), [])
  const give = () => {
    giveUpSession()
    void navigate({ to: '/' })
  }
  return (
    <dialog ref={dialog} className={styles.lapsed} aria-labelledby="lapsed" onCancel={(event) => event.preventDefault()} data-mantine-stop-propagation>
      <div className="stack">
        <h2 id="lapsed">{text.title}</h2>
        <p>{text.text}</p>
        {me.role === 'patient' ? (
          <>
            <ButtonAnchor href="/sign-in?return_to=/signed-in" target="_blank" size="large" full icon={<IconBrandGoogle size={22} aria-hidden="true" />}>
              {text.inNewTab}
            </ButtonAnchor>
            <p className="small muted">{text.comeBack}</p>
          </>
        ) : (
          <StaffForm email={me.email} />
        )}
        <Button look="quiet" full onClick={give}>
          {text.giveUp}
        </Button>
      </div>
    </dialog>
  )
}
