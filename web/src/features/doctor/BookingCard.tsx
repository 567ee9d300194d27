import { getRouteApi } from '@tanstack/react-router'
import type { DoctorDetail } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { actionOf } from '@/shared/format/actions'
import { useOwnAppointments } from '@/shared/slots/own'
import { SlotChooser } from '@/shared/slots/SlotChooser'
import { HoldBar } from './HoldBar'
import type { DoctorSearch } from './search'

const route = getRouteApi('/_patient/doctors/$doctorId')

/** Day, slot and hold in one card. */
export function BookingCard({ doctor }: { doctor: DoctorDetail }) {
  const { for: whom, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const zone = useZone()
  const own = useOwnAppointments()
  const kept = own.find((each) => each.status === 'pending' && each.doctor.id === doctor.id && !actionOf(each, 'accept')) ?? null
  const go = (next: DoctorSearch) =>
    void navigate({ search: next, replace: true, resetScroll: false })
  return (
    <SlotChooser
      doctor={doctor}
      search={search}
      onSearch={(next) => go({ ...next, for: whom })}
      own={own}
      bar={({ chosen, twoZones, refuse }) => (
        <HoldBar
          doctor={doctor}
          chosen={chosen}
          kept={kept}
          zone={zone}
          twoZones={twoZones}
          whom={whom}
          onWhom={(dependant) => go({ ...search, for: dependant })}
          onRefused={refuse}
        />
      )}
    />
  )
}
