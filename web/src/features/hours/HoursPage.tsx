import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable } from '@/shared/api/intent'
import { hoursQuery, saveHours } from '@/shared/api/staff'
import type { Hours } from '@/shared/api/types'
import { wrongFields } from '@/shared/api/problem'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Failure } from '@/shared/ui/Failure'
import { Leaving } from '@/shared/ui/Leaving'
import { notify } from '@/shared/ui/notify'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { DifferingDays } from './DifferingDays'
import { EveryWeek } from './EveryWeek'
import { OwnCalendarCard } from './OwnCalendarCard'
import { Preview } from './Preview'
import { TimeOffCard } from './TimeOffCard'
import { VisitRules } from './VisitRules'
import styles from './hours.module.css'
import { formOf, hoursOf, isFilled, sameForm, type HoursForm } from './week'

const text = words.hours

export function HoursPage() {
  usePageTitle(text.title)
  const hours = useQuery(hoursQuery)
  const slow = useSlow(hours.isPending)
  return (
    <>
      <div className={styles.head}>
        <h1>{text.title}</h1>
        <p className="muted">{hours.data && text.lead(placeOf(hours.data.time_zone))}</p>
      </div>
      {hours.error && !hours.data && <Failure error={hours.error} onRetry={() => void hours.refetch()} />}
      {slow && <Bar width="100%" height={520} round={18} />}
      {hours.data && <Editor hours={hours.data} />}
    </>
  )
}

/** Edits a copy; nothing counts until it is saved, and then all of it at once. */
function Editor({ hours }: { hours: Hours }) {
  const saved = formOf(hours)
  const [form, setForm] = useState(saved)
  const queries = useQueryClient()
  const dirty = !sameForm(form, saved)
  const save = useMutation({
    ...repeatable,
    mutationFn: (changed: HoursForm) => saveHours(hoursOf(changed)),
    onSuccess: (stored) => {
      queries.setQueryData(hoursQuery.queryKey, stored)
      setForm(formOf(stored))
      void notify(text.saved)
    },
  })
  const change = (part: Partial<HoursForm>) => {
    save.reset()
    setForm((before) => ({ ...before, ...part }))
  }
  const refused = wrongFields(save.error)
  const send = () => {
    if (isFilled(form)) save.mutate(form)
    else document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus()
  }
  return (
    <div className={styles.columns}>
      <Leaving dirty={dirty} />
      <div className="stack">
        <EveryWeek form={form} saved={saved} refused={refused} onWeek={(week) => change({ week })} />
        <VisitRules form={form} onChange={change} />
        <DifferingDays overrides={form.overrides} zone={form.time_zone} slotMinutes={form.slot_minutes} refused={refused} onChange={(overrides) => change({ overrides })} />
        <TimeOffCard zone={hours.time_zone} />
        <OwnCalendarCard zone={hours.time_zone} />
      </div>
      <Preview
        form={form}
        saved={saved}
        dirty={dirty}
        saving={save.isPending}
        error={save.error}
        onUndo={() => change(saved)}
        onSave={send}
      />
    </div>
  )
}
