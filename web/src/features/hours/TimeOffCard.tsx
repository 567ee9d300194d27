import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { repeatable } from '@/shared/api/intent'
import { MINE } from '@/shared/api/mine'
import { removeTimeOff, timeOffQuery } from '@/shared/api/staff'
import { words } from '@/shared/text'
import type { Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import { TimeOffForm } from './TimeOffForm'
import { describeSpan } from './away'
import styles from './hours.module.css'

const text = words.hours.timeOff

export function TimeOffCard({ zone }: { zone: Zone }) {
  const queries = useQueryClient()
  const timeOff = useQuery(timeOffQuery)
  const [adding, setAdding] = useState(false)
  const remove = useMutation({
    ...repeatable,
    mutationFn: removeTimeOff,
    onSuccess: () => void notify(text.removed),
    onSettled: () => queries.invalidateQueries({ queryKey: [MINE] }),
  })
  return (
    <section className="card" aria-labelledby="time-off">
      <div className={styles.cardHead}>
        <div>
          <h2 id="time-off">{text.title}</h2>
          <p className="muted small">{text.lead}</p>
        </div>
        {!adding && (
          <Button look="outline" size="small" icon={<IconPlus size={18} aria-hidden="true" />} onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        )}
      </div>
      {timeOff.error && <Failure error={timeOff.error} onRetry={() => void timeOff.refetch()} />}
      {remove.error && <Failure error={remove.error} />}
      <ul className={styles.list}>
        {timeOff.data?.length === 0 && !adding && <li className="muted">{text.none}</li>}
        {timeOff.data?.map((span) => {
          const name = describeSpan(span, zone)
          return (
            <li key={span.id}>
              <b className="strong grow">{name}</b>
              <Button
                look="quiet"
                size="small"
                aria-label={text.removeLabel(name)}
                busy={remove.isPending && remove.variables === span.id}
                onClick={() => remove.mutate(span.id)}
              >
                {words.hours.remove}
              </Button>
            </li>
          )
        })}
      </ul>
      {adding && <TimeOffForm zone={zone} onClose={() => setAdding(false)} />}
    </section>
  )
}
