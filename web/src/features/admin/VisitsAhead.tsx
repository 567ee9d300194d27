import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { doctorVisitsQuery } from '@/shared/api/admin'
import type { AdminDoctor } from '@/shared/api/types'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Ask } from './Ask'
import { callOffAll } from './callOff'
import { Paged } from './Paged'
import styles from './admin.module.css'
import { useDeed } from './useDeed'
import { VisitLines } from './VisitList'

const text = words.admin.decide
const { visits: title, visitsNone } = words.admin.doctor

/** Who is booked with the doctor. Of one who is suspended, they can be called off, all at once. */
export function VisitsAhead({ doctor }: { doctor: AdminDoctor }) {
  const visits = useInfiniteQuery(doctorVisitsQuery(doctor.id))
  const count = visits.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0
  return (
    <section className="stack" aria-labelledby="visits-ahead">
      <div className={styles.sectionHead}>
        <h2 id="visits-ahead">{title}</h2>
        {doctor.status === 'suspended' && count > 0 && <CallOff doctor={doctor} count={count} more={visits.hasNextPage} />}
      </div>
      <Paged list={visits} empty={visitsNone}>
        {(items) => (
          <div className="card pad">
            <VisitLines visits={items} linked />
          </div>
        )}
      </Paged>
    </section>
  )
}

function CallOff({ doctor, count, more }: { doctor: AdminDoctor; count: number; more: boolean }) {
  const [asking, { open, close }] = useDisclosure(false)
  const [sofar, setSofar] = useState(0)
  const deed = useDeed((reason: string, key) => callOffAll(doctor.id, reason, key, setSofar), { said: text.calledOff, then: close })
  const { confirmCallOff } = text
  return (
    <>
      <Button look="dangerOutline" size="small" onClick={open}>
        {text.callOff}
      </Button>
      <Ask
        opened={asking}
        onClose={close}
        question={{
          ...confirmCallOff,
          title: confirmCallOff.title(doctor.name),
          go: confirmCallOff.go(count, more),
          reason: text.callOffReason,
          harmful: true,
        }}
        busy={deed.isPending}
        error={deed.error}
        onGo={(reason) => deed.mutate(reason)}
      >
        {deed.isPending && sofar > 0 && <p role="status">{text.callingOff(sofar)}</p>}
      </Ask>
    </>
  )
}
