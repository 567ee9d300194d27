import { AppointmentList } from './AppointmentList'

export function PastPage() {
  return <AppointmentList when="past" />
}
