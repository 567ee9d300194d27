import type { ReactNode } from 'react'
import { words } from '@/shared/text'
import { dayLong, dayOf, dayShort, placeOf, type Moment, type Zone } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import styles from './chooser.module.css'

interface Props {
  amber?: boolean
  title: ReactNode
  detail: ReactNode
  /** What else is to be said or asked before the button is pressed. It stays in the page where the bar itself goes to a telephone's edge. */
  above?: ReactNode
  children: ReactNode
}

/** What is chosen and what can be done with it: the end of the card, and on a telephone one line at the bottom of the screen. */
export function ChoiceBar({ amber = false, title, detail, above, children }: Props) {
  return (
    <div className={classes(styles.bar, amber && styles.amber)}>
      {above}
      <div className={styles.line} data-bottom-bar>
        <div className={`grow inline-ap ${styles.text ?? ''}`}>
          <b className="strong">{title}</b>
          <span>{detail}</span>
        </div>
        {children}
      </div>
    </div>
  )
}

export function ChoiceHint({ children }: { children: ReactNode }) {
  return <p className={styles.hint}>{children}</p>
}

/** Only where there is room for it. */
export function Wide({ children, spoken = false }: { children: ReactNode; spoken?: boolean }) {
  return <span className={spoken ? styles.wideOrSpoken : styles.wide}>{children}</span>
}

/** “Thursday 19 November, 2:20 pm Chicago time”; on telephones “Thu 19 Nov, 2:20 pm”. */
export function ChosenTime({ at, zone }: { at: Moment; zone: Zone }) {
  const day = dayOf(at, zone)
  return (
    <>
      <Wide>{dayLong(day)}</Wide>
      <span className={styles.short}>{dayShort(day)}</span>, <Clock at={at} zone={zone} /> <Wide>{words.common.zoneTime(placeOf(zone))}</Wide>
    </>
  )
}
