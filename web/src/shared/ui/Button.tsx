import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react'
import styles from './Button.module.css'
import { classes } from './classes'

interface Looks {
  /** One solid (primary) button on a card; danger only inside a dialog that confirms. */
  look?: 'primary' | 'outline' | 'quiet' | 'danger' | 'dangerOutline'
  /** small 44 px, medium 48, large 56 for the one that commits. */
  size?: 'small' | 'medium' | 'large'
  full?: boolean
  icon?: ReactNode
}

function classOf({ look = 'primary', size = 'medium', full }: Looks, extra?: string): string {
  return classes(styles.button, styles[look], size !== 'medium' && styles[size], full && styles.full, extra)
}

type ButtonProps = Looks & ButtonHTMLAttributes<HTMLButtonElement> & { busy?: boolean; ref?: Ref<HTMLButtonElement> }

/** While busy it keeps the focus and its words, and a second press does nothing. */
export function Button({ look, size, full, icon, busy = false, className, onClick, children, type = 'button', ...rest }: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      className={classOf({ look, size, full }, className)}
      onClick={press}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon}
      {children}
    </button>
  )
}

type AnchorProps = Looks & AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }

export function ButtonAnchor({ look, size, full, icon, className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={classOf({ look, size, full }, className)}>
      {icon}
      {children}
    </a>
  )
}

export const ButtonLink = createLink(ButtonAnchor)

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { label: string; ref?: Ref<HTMLButtonElement> }

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className={classes(styles.icon, className)} aria-label={label}>
      {children}
    </button>
  )
}
