import { words } from '@/shared/text'
import type { Zone } from '@/shared/time'
import type { Look, SlotView } from './dayparts'
import styles from './slots.module.css'
import { hourMark, stripOf } from './strip'

const text = words.doctor

const classOf: Record<Look, string | undefined> = {
  free: styles.sFree,
  chosen: styles.sMine,
  'my-visit': styles.sMine,
  held: styles.sHeld,
  'my-hold': styles.sHeld,
  booked: styles.sBooked,
}

function Scale({ label, marks, zone }: { label: string; marks: { at: number; left: number }[]; zone: Zone }) {
  return (
    <div className={styles.zoneRow}>
      <span>{label}</span>
      <div className={styles.scale}>
        {marks.map(({ at, left }) => (
          <span key={at} style={{ left: `${left}%` }}>
            {hourMark(at, zone)}
          </span>
        ))}
      </div>
    </div>
  )
}

/** The day at a glance, for eyes only: the list below says the same. */
export function DayStrip({ views, zone, doctorZone, twoZones }: { views: SlotView[]; zone: Zone; doctorZone: Zone; twoZones: boolean }) {
  const strip = stripOf(views.map(({ slot }) => slot))
  if (!strip) return null
  return (
    <div aria-hidden="true">
      <Scale label={twoZones ? text.you : ''} marks={strip.marks} zone={zone} />
      <div className={styles.zoneRow}>
        <span />
        <div className={styles.strip}>
          {views.map(({ slot, look }) => {
            const { left, width } = strip.place(slot)
            return <i key={slot.starts_at} className={classOf[look]} style={{ left: `${left}%`, width: `${width}%` }} />
          })}
        </div>
      </div>
      {twoZones && <Scale label={text.doctor} marks={strip.marks} zone={doctorZone} />}
      <div className={styles.legend}>
        <span>
          <i className={styles.keyOpen} />
          {text.available}
        </span>
        <span>
          <i className={styles.keyChosen} />
          {text.chosen}
        </span>
        <span>
          <i className={styles.keyHeld} />
          {text.held}
        </span>
        <span>
          <i className={styles.keyBooked} />
          {text.booked}
        </span>
      </div>
    </div>
  )
}
