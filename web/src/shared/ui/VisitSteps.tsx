import { useDisclosure } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { offered, useStep } from '@/shared/api/steps'
import type { Appointment } from '@/shared/api/types'
import type { Step } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import { clockText, dayOf, dayShort, type Zone } from '@/shared/time'
import { Ask } from './Ask'
import { Button } from './Button'
import { classes } from './classes'
import { Failure } from './Failure'
import { notify } from './notify'

const text = words.visit.steps
const ORDER: Step[] = ['arrive', 'fulfil', 'no-show', 'undo-no-show']

/** A button that was pressed goes when its work is done: the focus then goes to what is left of the visit. */
function useFocusAfter(pending: boolean) {
  const box = useRef<HTMLDivElement>(null)
  const home = useRef<Element | null>(null)
  useEffect(() => {
    if (pending) {
      home.current = box.current?.closest('li, section') ?? null
      return
    }
    if (document.activeElement === document.body) home.current?.querySelector<HTMLElement>('a, button')?.focus()
    home.current = null
  }, [pending])
  return box
}

/** Arrived, done, did not come, and taking that back: whatever of it the server allows now. */
export function VisitSteps({ visit, zone, full = false }: { visit: Appointment; zone: Zone; full?: boolean }) {
  const [asking, { open, close }] = useDisclosure(false)
  const name = visit.patient.name
  const step = useStep(visit, (done) => {
    close()
    void notify(text.done[done](name))
  })
  const under = step.isPending ? step.variables : null
  const possible = ORDER.filter((each) => each === under || offered(visit, each)?.open)
  const box = useFocusAfter(step.isPending)
  const undo = offered(visit, 'undo-no-show')
  if (possible.length === 0 && !step.error) return null
  return (
    <div ref={box} className={classes('row wrap', full && 'grow')} style={{ gap: 8 }}>
      {possible.map((each) => (
        <Button
          key={each}
          look={each === 'no-show' ? 'quiet' : 'outline'}
          size="small"
          full={full}
          busy={each === under}
          aria-label={full ? undefined : text.label(text[each], name)}
          onClick={() => (each === 'fulfil' ? open() : step.mutate(each))}
        >
          {text[each]}
        </Button>
      ))}
      {undo?.closes_at && (
        <p className="small muted inline-ap">{text.undoUntil(dayShort(dayOf(undo.closes_at, zone)), clockText(undo.closes_at, zone))}</p>
      )}
      {step.error && step.variables !== 'fulfil' && <Failure error={step.error} />}
      <Ask
        opened={asking}
        onClose={close}
        title={text.confirm.title}
        keep={text.confirm.keep}
        go={text.confirm.go}
        busy={step.isPending}
        error={step.variables === 'fulfil' ? step.error : null}
        onGo={() => step.mutate('fulfil')}
      >
        <p className="break">{text.confirm.text(name)}</p>
      </Ask>
    </div>
  )
}
