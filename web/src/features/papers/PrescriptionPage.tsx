import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { appointmentQuery } from '@/shared/api/mine'
import { prescriptionFile, prescriptionQuery } from '@/shared/api/papers'
import { isKind } from '@/shared/api/problem'
import type { Appointment, Prescription } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { dayFull, dayOf, type Zone } from '@/shared/time'
import { Failure } from '@/shared/ui/Failure'
import { FileButton } from '@/shared/ui/FileButton'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { Frame } from './Frame'
import styles from './papers.module.css'
const route = getRouteApi('/_own/appointments/$appointmentId/prescription')
const text = words.papers.prescription

export function PrescriptionPage() {
  const { appointmentId } = route.useParams()
  usePageTitle(text.title)
  const prescription = useQuery(prescriptionQuery(appointmentId))
  const visit = useQuery(appointmentQuery(appointmentId)).data
  const zone = useZone()
  const slow = useSlow(prescription.isPending)
  const { data, error } = prescription
  return (
    <Frame ready={data !== undefined} actions={<FileButton path={prescriptionFile(appointmentId)} name={text.file} label={text.pdf} />}>
      {slow && (
        <>
          <Coming />
          <Bar width="100%" height={420} round={18} />
        </>
      )}
      {error && !data && (isKind(error, 'not-found') ? <Missing /> : <Failure whole error={error} onRetry={() => void prescription.refetch()} />)}
      {data && <Paper prescription={data} visit={visit} zone={zone} />}
    </Frame>
  )
}

function Paper({ prescription, visit, zone }: { prescription: Prescription; visit: Appointment | undefined; zone: Zone }) {
  const { medicines, advice, revision, written_at: written } = prescription
  return (
    <article className={`card ${styles.paper ?? ''}`}>
      <header className={styles.paperHead}>
        <h1>{text.title}</h1>
        {visit && (
          <p className="soft">
            {visit.patient.name}
            <br />
            {text.of(visit.doctor.name, dayFull(dayOf(visit.starts_at, zone)))}
          </p>
        )}
      </header>
      {revision > 1 && <Note>{text.renewed(dayFull(dayOf(written, zone)))}</Note>}
      {medicines.length > 0 && (
        <section className="stack">
          <h2 className={styles.part}>{text.medicines}</h2>
          <ol className={styles.medicines}>
            {medicines.map(({ name, dose, days, instructions }, index) => (
              <li key={index}>
                <b className="strong break">{name}</b>
                <p>
                  {dose}
                  {days !== null && `, ${text.days(days)}`}
                </p>
                {instructions && <p className="soft">{instructions}</p>}
              </li>
            ))}
          </ol>
        </section>
      )}
      {advice && (
        <section className="stack">
          <h2 className={styles.part}>{text.advice}</h2>
          <p className={styles.advice}>{advice}</p>
        </section>
      )}
    </article>
  )
}

function Missing() {
  return (
    <div className="stack">
      <h1>{text.title}</h1>
      <Note tone="amber">{text.missing}</Note>
    </div>
  )
}
