import type { Appointment } from '@/shared/api/types'
import { seenName } from '@/shared/format/actions'
import { ChoiceBar, ChosenTime, Wide } from '@/shared/slots/ChoiceBar'
import { words } from '@/shared/text'
import type { Zone } from '@/shared/time'
import { ButtonLink } from '@/shared/ui/Button'
import { Clock } from '@/shared/ui/Clock'
import { LetGo } from '@/shared/ui/LetGo'

/** What is kept already, on the page where it was chosen. */
export function KeptBar({ kept, zone }: { kept: Appointment; zone: Zone }) {
  const { doctor, booking } = words
  return (
    <ChoiceBar
      amber
      above={
        <div>
          <LetGo appointment={kept} zone={zone} />
        </div>
      }
      title={<ChosenTime at={kept.starts_at} zone={zone} />}
      detail={
        <>
          {doctor.yourHold}
          {kept.checkout_closes_at && (
            <>
              {', '}
              <Wide>{seenName(kept) && `${words.people.who.visitFor(seenName(kept) ?? '')}, `}</Wide>
              {booking.payBy} <Clock at={kept.checkout_closes_at} zone={zone} />
            </>
          )}
        </>
      }
    >
      <ButtonLink to="/appointments/$appointmentId/pay" params={{ appointmentId: kept.id }}>
        {doctor.goOn}
      </ButtonLink>
    </ChoiceBar>
  )
}
