import { useState } from 'react'
import { hueOf, initialsOf } from '@/shared/format/names'
import styles from './Avatar.module.css'
import { classes } from './classes'

interface Props {
  name: string
  photo?: string | null
  size?: 'tiny' | 'small' | 'medium' | 'large'
}

/** A picture, or initials on a colour of one's own. Decoration: the name always stands beside it. */
export function Avatar({ name, photo, size = 'medium' }: Props) {
  const [broken, setBroken] = useState<string | null>(null)
  const shown = photo && photo !== broken
  return (
    <span className={classes(styles.avatar, size !== 'medium' && styles[size], styles[`hue${hueOf(name)}`])} aria-hidden="true">
      {shown ? <img src={photo} alt="" loading="lazy" onError={() => setBroken(photo)} /> : initialsOf(name)}
    </span>
  )
}
