import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { repeatable } from '@/shared/api/intent'
import { dependantsQuery } from '@/shared/api/dependants'
import { appointmentQuery } from '@/shared/api/mine'
import { doctorQuery } from '@/shared/api/public'
import { leaveWaitlist, waitsQuery, type Wait } from '@/shared/api/waitlist'
import { usePerson, useZone } from '@/shared/auth'
import { whenShort } from '@/shared/format/when'
import { fieldName } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { dayOf, dayShort } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import styles from './waiting.module.css'

const text = words.waiting

/** One wait: for what, between when, for whom; a time that is kept because of it comes first. */
export function WaitItem({ wait }: { wait: Wait }) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const leave = useMutation({
    ...repeatable,
    mutationFn: () => leaveWaitlist(wait.id),
    onSuccess: () => {
      queries.setQueryData(waitsQuery.queryKey, (before) => before?.filter(({ id }) => id !== wait.id))
      void notify(text.item.left)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: waitsQuery.queryKey }),
  })
  const { title, about, link } = useSubject(wait)
  return (
    <li className="card pad stack tight">
      {wait.offer && (
        <Note
          tone="amber"
          actions={
            <ButtonLink size="small" to="/appointments/$appointmentId" params={{ appointmentId: wait.offer }}>
              {text.item.answer}
            </ButtonLink>
          }
        >
          {text.item.offered}
        </Note>
      )}
      <div className={styles.item}>
        <div className="grow">
          <h2>{link ? <Link {...link}>{title}</Link> : title}</h2>
          {about.map((line) => (
            <p key={line} className="soft break">
              {line}
            </p>
          ))}
        </div>
        <Button look="quiet" size="small" aria-label={text.item.leaveName(title)} onClick={() => setAsking(true)}>
          {text.item.leave}
        </Button>
      </div>
      <Ask
        opened={asking}
        onClose={() => setAsking(false)}
        title={text.item.ask.title}
        keep={text.item.ask.keep}
        go={text.item.leave}
        danger
        busy={leave.isPending}
        error={leave.error}
        onGo={() => leave.mutate()}
      >
        <p className="strong break">{title}</p>
        <p className="soft">{wait.offer ? text.item.ask.offered : text.item.ask.text}</p>
      </Ask>
    </li>
  )
}

function useSubject(wait: Wait) {
  const zone = useZone()
  const { me } = usePerson()
  const doctor = useQuery({ ...doctorQuery(wait.doctor_id ?? ''), enabled: wait.doctor_id !== null })
  const visit = useQuery({ ...appointmentQuery(wait.appointment_id ?? ''), enabled: wait.appointment_id !== null }).data
  const seen = useQuery({ ...dependantsQuery, enabled: wait.person_id !== me?.id }).data?.find(({ id }) => id === wait.person_id)
  const { item, joining } = text
  const name = doctor.data?.name ?? visit?.doctor.name ?? (doctor.error ? item.doctorGone : '…')
  const window = item.window(dayShort(dayOf(wait.from, zone)), dayShort(dayOf(Date.parse(wait.until) - 1, zone)))
  const about = [
    ...(visit ? [item.before(whenShort(visit.starts_at, zone))] : [window]),
    ...(wait.part_of_day ? [joining.parts[wait.part_of_day]] : []),
    ...(seen ? [words.people.who.visitFor(seen.name)] : []),
  ]
  if (wait.appointment_id) return { title: `${item.earlier}: ${name}`, about, link: { to: '/appointments/$appointmentId', params: { appointmentId: wait.appointment_id } } as const }
  if (wait.doctor_id) return { title: name, about, link: doctor.data && ({ to: '/doctors/$doctorId', params: { doctorId: wait.doctor_id } } as const) }
  return { title: fieldName(wait.specialization ?? ''), about, link: { to: '/doctors', search: { specialization: wait.specialization ?? undefined } } as const }
}
