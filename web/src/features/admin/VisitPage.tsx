import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { adminVisitQuery, voidAppointment } from '@/shared/api/admin'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { clockText, minutesAhead, placeOf } from '@/shared/time'
import { AppointmentBadges } from '@/shared/ui/AppointmentBadges'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Ask } from './Ask'
import { ClaimItem } from './ClaimItem'
import { Facts } from './Facts'
import { FeedbackItem } from './FeedbackItem'
import { Head } from './Head'
import styles from './admin.module.css'
import { useDeed } from './useDeed'
import { whenText } from './when'

const route = getRouteApi('/_staff/admin/visits/$appointmentId')
const text = words.admin.visit

/** One visit, as far as an administrator needs it: no reason, nothing medical. */
export function VisitPage() {
  const { appointmentId } = route.useParams()
  const visit = useQuery(adminVisitQuery(appointmentId))
  const slow = useSlow(visit.isPending)
  return (
    <>
      <Head title={text.title} times />
      {visit.error && !visit.data && <Failure error={visit.error} onRetry={() => void visit.refetch()} />}
      {slow && <Bar width="100%" height={360} round={18} />}
      {visit.data && <Visit visit={visit.data} />}
    </>
  )
}

function Visit({ visit }: { visit: Appointment }) {
  const zone = useZone()
  const { doctor, patient, cancelled, feedback, absence, voided } = visit
  const may = (action: string) => visit.actions.some((offered) => offered.action === action && offered.open)
  const elsewhere = minutesAhead(visit.starts_at, zone, doctor.time_zone) !== 0
  return (
    <div className="stack">
      <section className="card pad stack">
        <AppointmentBadges appointment={visit} />
        <Facts
          facts={[
            [
              text.time,
              <>
                {whenText(visit.starts_at, zone)}
                {elsewhere && <span className="muted small">, {text.theirTime(clockText(visit.starts_at, doctor.time_zone), placeOf(doctor.time_zone))}</span>}
              </>,
            ],
            [
              text.doctor,
              <Link key="doctor" to="/admin/doctors/$doctorId" params={{ doctorId: doctor.id }}>
                {doctor.name}
              </Link>,
            ],
            [text.patient, patient.booked_by ? `${patient.name}, ${text.bookedBy(patient.booked_by)}` : patient.name],
            [text.price, formatMoney(visit.quote.total)],
            [text.refunded, visit.payment.refunded.amount > 0 && formatMoney(visit.payment.refunded)],
            [text.receipt, visit.receipt_number],
            [text.cancelled, cancelled && `${whenText(cancelled.at, zone)} ${text.cancelledBy[cancelled.by]}`],
            [text.struckBecause, voided?.reason],
          ]}
        />
        <div className="row wrap">
          <Link to="/admin/audit" search={{ about: visit.id }}>
            {text.history}
          </Link>
          {may('void') && <Strike visit={visit} />}
        </div>
      </section>
      {absence && !absence.rejected_at && may('reject-absence') && (
        <ul className={`card ${styles.list ?? ''}`}>
          <ClaimItem visit={visit} />
        </ul>
      )}
      {feedback && (
        <section className="stack" aria-labelledby="said">
          <h2 id="said">{text.feedback}</h2>
          <ul className={`card ${styles.list ?? ''}`}>
            <FeedbackItem item={{ appointment_id: visit.id, feedback }} />
          </ul>
        </section>
      )}
    </div>
  )
}

function Strike({ visit }: { visit: Appointment }) {
  const [asking, { open, close }] = useDisclosure(false)
  const deed = useDeed((reason: string, key) => voidAppointment(visit.id, { reason }, key), { said: () => text.struck, then: close })
  return (
    <>
      <Button look="dangerOutline" size="small" onClick={open}>
        {text.strike}
      </Button>
      <Ask
        opened={asking}
        onClose={close}
        question={{ ...text.confirmStrike, reason: text.strikeReason, harmful: true }}
        busy={deed.isPending}
        error={deed.error}
        onGo={(reason) => deed.mutate(reason)}
      />
    </>
  )
}
