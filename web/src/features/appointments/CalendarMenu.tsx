import { useDisclosure } from '@mantine/hooks'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useId } from 'react'
import { calendarPath } from '@/shared/api/mine'
import type { Appointment } from '@/shared/api/types'
import { seenName } from '@/shared/format/actions'
import { words } from '@/shared/text'
import { Button, ButtonAnchor } from '@/shared/ui/Button'
import { FileButton } from '@/shared/ui/FileButton'
import styles from './appointments.module.css'
import { googleLink, outlookLink } from './calendars'

const text = words.visits.calendar

/** The visit for a calendar: a file that every program reads, and the two that most people have in the browser. */
export function CalendarMenu({ appointment }: { appointment: Appointment }) {
  const [open, { toggle }] = useDisclosure(false)
  const list = useId()
  const { id, starts_at, ends_at } = appointment
  const first = seenName(appointment)?.split(/\s+/)[0]
  const event = { title: first ? text.titleFor(first) : text.title, starts_at, ends_at, page: `${location.origin}/appointments/${id}` }
  return (
    <>
      <Button look="outline" size="small" icon={<IconCalendarPlus size={18} aria-hidden="true" />} aria-expanded={open} aria-controls={list} onClick={toggle}>
        {text.add}
      </Button>
      <div id={list} hidden={!open} className={styles.calendars}>
        <FileButton look="quiet" path={calendarPath(id)} name={words.appointments.calendarFile} label={text.file} />
        <ButtonAnchor look="quiet" size="small" href={googleLink(event)} target="_blank" rel="noopener noreferrer">
          {text.google}
        </ButtonAnchor>
        <ButtonAnchor look="quiet" size="small" href={outlookLink(event)} target="_blank" rel="noopener noreferrer">
          {text.outlook}
        </ButtonAnchor>
      </div>
    </>
  )
}
