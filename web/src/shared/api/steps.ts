/** Saying who came: at once on the screen where it can be taken back, once the server has agreed where it cannot. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { repeatable, useIntentKey } from './intent'
import { isKind } from './problem'
import type { Appointment } from './types'
import { refreshVisits, showVisit, takeStep, type Step } from './doctorVisits'

/** The server decides what may be done with a visit, and when. */
export function offered(visit: Appointment, action: Appointment['actions'][number]['action']) {
  return visit.actions.find((each) => each.action === action)
}

/** How the visit will look once the server agrees. What can be done then only the server knows. */
const AT_ONCE: Partial<Record<Step, Appointment['status']>> = { arrive: 'arrived', 'no-show': 'noshow' }

export function useStep(visit: Appointment, onDone: (step: Step) => void) {
  const queries = useQueryClient()
  const { keyFor, settled } = useIntentKey()
  return useMutation({
    ...repeatable,
    mutationFn: (step: Step) => takeStep(visit.id, step, keyFor(`${step} ${visit.version}`)),
    onMutate: (step) => {
      const status = AT_ONCE[step]
      if (status) showVisit(queries, { ...visit, status, actions: [] })
      return { before: visit }
    },
    onSuccess: (after, step) => {
      settled()
      showVisit(queries, after)
      onDone(step)
    },
    onError: (error, _step, kept) => {
      if (kept) showVisit(queries, kept.before)
      if (!isKind(error, 'offline')) settled()
    },
    onSettled: () => refreshVisits(queries),
  })
}
