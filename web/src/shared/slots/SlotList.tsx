import { Link } from '@tanstack/react-router'
import { IconCheck, IconHourglass, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { words } from '@/shared/text'
import { clockText, placeOf, type Zone } from '@/shared/time'
import { classes } from '@/shared/ui/classes'
import { Clock } from '@/shared/ui/Clock'
import { useRoving } from '@/shared/ui/roving'
import { countFree, partsOf, type Look, type SlotView } from './dayparts'
import styles from './slots.module.css'

const text = words.doctor

const looks: Record<Look, { className: string; label: string; icon: ReactNode }> = {
  free: { className: 'free', label: text.available, icon: null },
  chosen: { className: 'chosen', label: text.chosen, icon: <IconCheck size={17} aria-hidden="true" /> },
  held: { className: 'held', label: text.held, icon: <IconHourglass size={17} aria-hidden="true" /> },
  booked: { className: 'booked', label: text.booked, icon: <IconLock size={17} aria-hidden="true" /> },
  'my-hold': { className: 'myHold', label: text.yourHold, icon: <IconHourglass size={17} aria-hidden="true" /> },
  'my-visit': { className: 'chosen', label: text.yourVisit, icon: <IconCheck size={17} aria-hidden="true" /> },
}

interface Props {
  views: SlotView[]
  zone: Zone
  doctorZone: Zone
  /** Whether the two clocks differ on this day. */
  twoZones: boolean
  onChoose: (startsAt: string) => void
}

/** The times of one day: one stop for Tab, arrow keys inside, every state with a word. */
export function SlotList({ views, zone, doctorZone, twoZones, onChoose }: Props) {
  const start = views.find(({ look }) => look === 'chosen') ?? views.find(({ look }) => look === 'free') ?? views[0]
  const { box, item } = useRoving(start?.slot.starts_at)
  const place = placeOf(doctorZone)
  return (
    // The arrow keys are a convenience over buttons that work without them.
     
    <div {...box}>
      {partsOf(views, zone).map(({ part, views: found }) => (
        <section key={part} aria-label={text[part]}>
          <div className={styles.part}>
            <b>{text[part]}</b>
            <span>{text.freeCount(countFree(found))}</span>
          </div>
          <ol className={styles.slots}>
            {found.map((view) => (
              <li key={view.slot.starts_at}>
                <OneSlot
                  view={view}
                  zone={zone}
                  other={twoZones ? text.otherTime(clockText(view.slot.starts_at, doctorZone), place) : null}
                  stop={item(view.slot.starts_at)}
                  onChoose={onChoose}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

interface SlotProps {
  view: SlotView
  zone: Zone
  other: string | null
  stop: { 'data-roving': string; tabIndex: number }
  onChoose: (startsAt: string) => void
}

/** Its name is what can be seen, in that order, and whose time the large one is. */
function OneSlot({ view: { slot, look, mine }, zone, other, stop, onChoose }: SlotProps) {
  const { className, label, icon } = looks[look]
  const inside = (
    <>
      <span className={styles.time}>
        <Clock at={slot.starts_at} zone={zone} />
        <span className="sr">{other ? ` ${words.common.zoneTime(placeOf(zone))},` : ','}</span>
      </span>
      {other && <span className={styles.other}>{other}</span>}
      <span className={styles.state}>
        {icon}
        {label}
      </span>
    </>
  )
  const shared = { ...stop, className: classes(styles.slot, styles[className]) }
  if (mine)
    return (
      <Link
        {...shared}
        to={look === 'my-hold' ? '/appointments/$appointmentId/pay' : '/appointments/$appointmentId'}
        params={{ appointmentId: mine.id }}
      >
        {inside}
      </Link>
    )
  const open = look === 'free' || look === 'chosen'
  return (
    <button type="button" {...shared} aria-pressed={open ? look === 'chosen' : undefined} aria-disabled={!open} onClick={() => open && onChoose(slot.starts_at)}>
      {inside}
    </button>
  )
}
