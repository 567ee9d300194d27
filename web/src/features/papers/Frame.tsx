import { useCanGoBack, useRouter } from '@tanstack/react-router'
import { IconChevronLeft, IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { classes } from '@/shared/ui/classes'
import styles from './papers.module.css'

const text = words.papers.receipt

/** Around a paper: the way back and what can be done with it, none of which is printed. */
export function Frame({ ready, actions, children }: { ready: boolean; actions: ReactNode; children: ReactNode }) {
  const { me } = usePerson()
  const router = useRouter()
  const back = useCanGoBack()
  const icon = <IconChevronLeft size={20} aria-hidden="true" />
  return (
    <div className={classes(me?.role === 'patient' && 'page', styles.frame)}>
      <div className={styles.tools}>
        {back ? (
          <Button look="quiet" size="small" icon={icon} onClick={() => router.history.back()}>
            {text.back}
          </Button>
        ) : (
          <ButtonLink look="quiet" size="small" icon={icon} to={me?.role === 'patient' ? '/appointments/past' : '/today'}>
            {text.back}
          </ButtonLink>
        )}
        <span className="grow" />
        {ready && (
          <>
            <Button look="outline" size="small" icon={<IconPrinter size={18} aria-hidden="true" />} onClick={() => window.print()}>
              {text.print}
            </Button>
            {actions}
          </>
        )}
      </div>
      {children}
    </div>
  )
}
