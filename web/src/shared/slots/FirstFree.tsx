import { IconBolt } from '@tabler/icons-react'
import type { Slot } from '@/shared/api/types'
import { words } from '@/shared/text'
import { dayOf, dayShort, useNow, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import styles from './chooser.module.css'
import { sameInstant } from './dayparts'

interface Props {
  at: string | null
  zone: Zone
  chosen: Slot | null
  onChoose: (startsAt: string) => void
}

/** The way for whoever wants the next time there is, whichever it be. */
export function FirstFree({ at, zone, chosen, onChoose }: Props) {
  const today = dayOf(useNow(), zone)
  if (!at) return null
  const day = dayOf(at, zone)
  return (
    <Button
      look="outline"
      full
      className={styles.first}
      icon={<IconBolt size={20} aria-hidden="true" />}
      aria-pressed={chosen !== null && sameInstant(chosen.starts_at, at)}
      onClick={() => onChoose(at)}
    >
      <span className="inline-ap">
        {words.doctor.firstFree} {day === today ? words.appointments.today : dayShort(day)}, <Clock at={at} zone={zone} />
      </span>
    </Button>
  )
}
