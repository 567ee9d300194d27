/** What the server says may be done with an appointment, now or later. No page knows a rule of its own. */
import type { Appointment } from '@/shared/api/types'

export type Offered = Appointment['actions'][number]
export type Action = Offered['action']

export function actionOf({ actions }: Pick<Appointment, 'actions'>, wanted: Action): Offered | undefined {
  return actions.find(({ action }) => action === wanted)
}

/** Whether it may be done at this moment. The server's word is as old as its answer, so a window that has opened or closed meanwhile counts. */
export function canNow(appointment: Pick<Appointment, 'actions'>, wanted: Action, at: number): boolean {
  const found = actionOf(appointment, wanted)
  if (!found) return false
  if (found.closes_at !== null && Date.parse(found.closes_at) <= at) return false
  return found.open || (found.opens_at !== null && Date.parse(found.opens_at) <= at)
}

/** The name of whoever is seen, where it is not the patient who booked. */
export function seenName({ patient }: Pick<Appointment, 'patient'>): string | null {
  return patient.booked_by === null ? null : patient.name
}

/** Whom a further visit like this one is for, as a hold names them. */
export function sameAttendee({ patient }: Pick<Appointment, 'patient'>): { dependant_id?: string } {
  return patient.booked_by === null ? {} : { dependant_id: patient.id }
}
