import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes } from 'react'
import { words } from '@/shared/text'
import { classes } from './classes'
import styles from './Logo.module.css'

/** The clock ring with its amber quarter. */
function LogoAnchor({ className, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...rest} className={classes(styles.logo, className)}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <circle className={styles.ring} cx="16" cy="16" r="12" />
        <path className={styles.gap} d="M16 4a12 12 0 0 1 12 12" />
        <path className={styles.arc} d="M16 4a12 12 0 0 1 12 12" />
      </svg>
      {words.common.product}
    </a>
  )
}

export const Logo = createLink(LogoAnchor)
