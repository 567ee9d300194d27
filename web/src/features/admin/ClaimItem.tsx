import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { IconUserOff } from '@tabler/icons-react'
import { confirmAbsence, rejectAbsence } from '@/shared/api/admin'
import type { Appointment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Ask } from './Ask'
import { Item } from './Item'
import { useDeed } from './useDeed'
import { whenText } from './when'

const text = words.oversight.claims

/** One patient's word against a doctor's, with both ways to decide. */
export function ClaimItem({ visit, linked = false }: { visit: Appointment; linked?: boolean }) {
  const zone = useZone()
  const [confirming, confirm] = useDisclosure(false)
  const [rejecting, reject] = useDisclosure(false)
  const confirmation = useDeed((reason: string, key) => confirmAbsence(visit.id, reason, key), { said: () => text.confirmed, then: confirm.close })
  const rejection = useDeed((reason: string, key) => rejectAbsence(visit.id, reason, key), { said: () => text.rejected, then: reject.close })
  const { patient, doctor, absence, quote } = visit
  const free = quote.total.amount === 0
  const { confirmAsk } = text
  return (
    <Item
      icon={IconUserOff}
      tone="amber"
      title={text.claim(patient.booked_by ?? patient.name, doctor.name)}
      under={whenText(visit.starts_at, zone)}
      meta={absence ? text.claimed(whenText(absence.claimed_at, zone)) : ''}
      actions={
        <>
          {linked && (
            <Link to="/admin/visits/$appointmentId" params={{ appointmentId: visit.id }}>
              {text.visit}
            </Link>
          )}
          <Button look="outline" size="small" aria-label={text.rejectName(patient.name)} onClick={reject.open}>
            {text.reject}
          </Button>
          <Button look="outline" size="small" aria-label={text.confirmName(patient.name)} onClick={confirm.open}>
            {text.confirm}
          </Button>
        </>
      }
    >
      {absence?.note && (
        <p className="break">
          <span className="muted">{text.note}:</span> “{absence.note}”
        </p>
      )}
      <Ask
        opened={confirming}
        onClose={confirm.close}
        question={{
          ...confirmAsk,
          text: free ? confirmAsk.free : confirmAsk.text(formatMoney(quote.total)),
          go: free ? confirmAsk.goFree : confirmAsk.go,
          reason: text.confirmReason,
          harmful: true,
        }}
        busy={confirmation.isPending}
        error={confirmation.error}
        onGo={(reason) => confirmation.mutate(reason)}
      />
      <Ask
        opened={rejecting}
        onClose={reject.close}
        question={{ ...text.rejectAsk, reason: text.rejectReason }}
        busy={rejection.isPending}
        error={rejection.error}
        onGo={(reason) => rejection.mutate(reason)}
      />
    </Item>
  )
}
