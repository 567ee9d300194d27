import { AppointmentList } from './AppointmentList'

export function UpcomingPage() {
  return <AppointmentList />
}
