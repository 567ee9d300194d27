import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { auditQuery } from '@/shared/api/admin'
import type { AuditEntry } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { addDays, startOfDay } from '@/shared/time'
import { AuditFilters } from './AuditFilters'
import { Head } from './Head'
import { Paged } from './Paged'
import styles from './admin.module.css'
import { filtersOf } from './search'
import { whenText } from './when'

const route = getRouteApi('/_staff/admin/audit')
const text = words.history

export function AuditPage() {
  const zone = useZone()
  const search = route.useSearch()
  const entries = useInfiniteQuery(
    auditQuery(
      filtersOf(
        search,
        (day) => startOfDay(day, zone),
        (day) => addDays(day, 1),
      ),
    ),
  )
  return (
    <>
      <Head title={text.title} lead={text.lead} times />
      <div className="stack">
        <AuditFilters search={search} key={JSON.stringify(search)} />
        <Paged list={entries} empty={text.empty}>
          {(items) => <Entries entries={items} />}
        </Paged>
      </div>
    </>
  )
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  const zone = useZone()
  return (
    <div className={`card ${styles.tableBox ?? ''}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.who}</th>
            <th scope="col">{text.time}</th>
            <th scope="col">{text.change}</th>
            <th scope="col">{text.about}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.number}>
              <td className={styles.who}>
                <b className="strong">{text.verbs[entry.verb] ?? entry.verb}</b>
                <div className="muted small">{text.number(entry.number)}</div>
              </td>
              <td data-label={text.who}>
                <div>
                  {text.roles[entry.role]}
                  {entry.actor_id && (
                    <div className="small">
                      <Link to="/admin/audit" search={{ actor: entry.actor_id }}>
                        {text.actions.by}
                      </Link>
                    </div>
                  )}
                </div>
              </td>
              <td data-label={text.time}>{whenText(entry.at, zone)}</td>
              <td data-label={text.change}>{changeOf(entry)}</td>
              <td data-label={text.about}>
                <About entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function stateOf(state: string, subject: string | null): string {
  return text.states[subject === 'doctor' && state === 'pending' ? 'waiting' : state] ?? state
}

function changeOf({ before, after, subject }: AuditEntry): string {
  if (after === null || before === after) return text.stays
  return before === null ? stateOf(after, subject) : text.becomes(stateOf(before, subject), stateOf(after, subject))
}

function About({ entry }: { entry: AuditEntry }) {
  const zone = useZone()
  const id = entry.appointment_id ?? entry.subject_id
  const visit = entry.appointment_id ?? (entry.subject === 'appointment' ? entry.subject_id : null)
  return (
    <div>
      {entry.starts_at ? text.visitOn(whenText(entry.starts_at, zone)) : entry.subject && text.subjects[entry.subject]}
      <div className={`small ${styles.links ?? ''}`}>
        {visit && (
          <Link to="/admin/visits/$appointmentId" params={{ appointmentId: visit }}>
            {text.actions.visit}
          </Link>
        )}
        {entry.subject === 'doctor' && entry.subject_id && (
          <Link to="/admin/doctors/$doctorId" params={{ doctorId: entry.subject_id }}>
            {text.actions.doctor}
          </Link>
        )}
        {id && (
          <Link to="/admin/audit" search={{ about: id }}>
            {text.actions.about}
          </Link>
        )}
      </div>
    </div>
  )
}
