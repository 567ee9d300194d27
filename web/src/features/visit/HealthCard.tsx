import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Appointment, VisitHealth } from '@/shared/api/types'
import { isKind } from '@/shared/api/problem'
import { visitHealthQuery } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import { dayFull, dayOf, type Zone } from '@/shared/time'
import { Facts } from '@/shared/ui/Facts'
import { Failure } from '@/shared/ui/Failure'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import styles from './visit.module.css'

const text = words.visit.health

/** What the person told of their health, in their own words. The server says when their doctor may read it. */
export function HealthCard({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const health = useQuery({ ...visitHealthQuery(visit.id), retry: false })
  const { isError, refetch } = health
  const { status } = visit
  const asked = useRef(status)
  useEffect(() => {
    // What was refused before may be allowed now.
    if (asked.current !== status && isError) void refetch()
    asked.current = status
  }, [status, isError, refetch])
  const slow = useSlow(health.isPending)
  const gone = isKind(health.error, 'not-found')
  return (
    <section className="card pad stack" aria-labelledby="health">
      <h2 id="health">{text.title}</h2>
      {slow && <Bar width="100%" height={96} round={12} />}
      {gone && <p className="soft">{text.gone}</p>}
      {health.error && !gone && <Failure error={health.error} onRetry={() => void health.refetch()} />}
      {health.data && <Told health={health.data} zone={zone} />}
    </section>
  )
}

function Told({ health, zone }: { health: VisitHealth; zone: Zone }) {
  const { conditions, medication, allergies, birth_date: born, updated_at: changed } = health
  const empty = !conditions && !medication && !allergies
  const said = (words: string) => words || <span className="muted">{text.none}</span>
  return (
    <>
      {born && <Facts facts={[[text.born, dayFull(born)]]} />}
      {empty ? (
        <p className="soft">{text.empty}</p>
      ) : (
        <Facts
          facts={[
            [text.allergies, allergies ? <b className={styles.alert}>{allergies}</b> : said('')],
            [text.medication, said(medication)],
            [text.conditions, said(conditions)],
          ]}
        />
      )}
      <p className="small muted">
        {text.recorded} {changed && !empty && text.changed(dayFull(dayOf(changed, zone)))}
      </p>
    </>
  )
}
