import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { repeatable } from '@/shared/api/intent'
import { MINE } from '@/shared/api/mine'
import { wrongFields } from '@/shared/api/problem'
import { connectCalendar, disconnectCalendar, ownCalendarQuery } from '@/shared/api/staff'
import type { OwnCalendar } from '@/shared/api/types'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort, now, type Moment, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import { OwnCalendarForm } from './OwnCalendarForm'
import styles from './hours.module.css'

const text = words.hours.ownCalendar

/** By a calendar of the doctor's own, nobody books a time at which they are busy elsewhere; and how fresh what we know of it is. */
export function OwnCalendarCard({ zone }: { zone: Zone }) {
  const own = useQuery(ownCalendarQuery)
  const [adding, setAdding] = useState(false)
  const off = own.data?.state === 'off'
  return (
    <section className="card" aria-labelledby="own-calendar">
      <div className={styles.cardHead}>
        <div>
          <h2 id="own-calendar">{text.title}</h2>
          <p className="muted small">{text.lead}</p>
        </div>
        {off && !adding && (
          <Button look="outline" size="small" icon={<IconPlus size={18} aria-hidden="true" />} onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        )}
      </div>
      {own.error && <Failure error={own.error} onRetry={() => void own.refetch()} />}
      {own.data?.state === 'off' && adding && <OwnCalendarForm sharedWith={own.data.shared_with} onClose={() => setAdding(false)} />}
      {own.data?.address && <Connected own={own.data} address={own.data.address} zone={zone} onGone={() => setAdding(false)} />}
    </section>
  )
}

function Connected({ own, address, zone, onGone }: { own: OwnCalendar; address: string; zone: Zone; onGone: () => void }) {
  const queries = useQueryClient()
  const again = useMutation({
    ...repeatable,
    mutationFn: () => connectCalendar(address),
    onSuccess: (read) => {
      queries.setQueryData(ownCalendarQuery.queryKey, read)
      void notify(text.readNow)
    },
  })
  const end = useMutation({
    ...repeatable,
    mutationFn: disconnectCalendar,
    onSuccess: () => {
      onGone()
      void notify(text.ended)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [MINE] }),
  })
  const readAt = own.read_at ? moment(own.read_at, zone) : ''
  const closesAt = own.closes_at ? moment(own.closes_at, zone) : ''
  return (
    <div className={styles.form}>
      <p>
        <b className="strong">{address}</b>
        <br />
        <span className="muted">{text.readAt(readAt)}</span>
      </p>
      {own.state === 'unread' && (
        <Note tone="amber" title={text.unread}>
          {text.closes(closesAt)} {text.mend}
        </Note>
      )}
      {own.state === 'closed' && (
        <Note tone="red" title={text.closed}>
          {text.closedSince(closesAt)} {text.mend}
        </Note>
      )}
      {again.error && wrongFields(again.error).length === 0 && <Failure error={again.error} title={text.stillUnread} />}
      {wrongFields(again.error).length > 0 && (
        <Note tone="red" role="alert" title={text.stillUnread}>
          {text.mend}
        </Note>
      )}
      {end.error && <Failure error={end.error} />}
      <div className="row wrap">
        <Button look="outline" busy={again.isPending} onClick={() => again.mutate()}>
          {text.read}
        </Button>
        <Button look="quiet" busy={end.isPending} onClick={() => end.mutate()}>
          {text.end}
        </Button>
      </div>
    </div>
  )
}

function moment(at: Moment, zone: Zone): string {
  const day = dayOf(at, zone)
  return day === dayOf(now(), zone) ? clockText(at, zone) : `${dayShort(day)}, ${clockText(at, zone)}`
}
