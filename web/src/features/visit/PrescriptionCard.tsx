import { useMutation, useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { download } from '@/shared/api/client'
import { offered } from '@/shared/api/steps'
import type { Appointment, Prescription } from '@/shared/api/types'
import { prescriptionPath, prescriptionQuery } from '@/shared/api/doctorVisits'
import { words } from '@/shared/text'
import { clockText, dayFull, dayOf, dayShort, type Zone } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { saveFile } from '@/shared/ui/save'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { PrescriptionForm } from './PrescriptionForm'
import { PrescriptionText } from './PrescriptionText'

const text = words.visit.prescription

/** What was prescribed, and the writing of it while that is allowed. */
export function PrescriptionCard({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const [writing, setWriting] = useState(false)
  const written = useQuery({ ...prescriptionQuery(visit.id), enabled: visit.prescribed })
  const slow = useSlow(visit.prescribed && written.isPending)
  const allowed = offered(visit, 'prescription')
  return (
    <section className="card pad stack" aria-labelledby="prescription">
      <h2 id="prescription">{text.title}</h2>
      {slow && <Bar width="100%" height={96} round={12} />}
      {written.error && <Failure error={written.error} onRetry={() => void written.refetch()} />}
      {writing ? (
        <PrescriptionForm visit={visit} written={written.data} onClose={() => setWriting(false)} />
      ) : (
        <>
          {written.data ? <Written visit={visit} prescription={written.data} zone={zone} /> : !visit.prescribed && <p className="soft">{text.none}</p>}
          {allowed?.open && (!visit.prescribed || written.data) && (
            <div className="stack tight">
              <Button look="outline" size="small" onClick={() => setWriting(true)}>
                {visit.prescribed ? words.visit.actions.prescribeAgain : words.visit.actions.prescribe}
              </Button>
              {allowed.closes_at && (
                <p className="small muted">{text.until(dayShort(dayOf(allowed.closes_at, zone)), clockText(allowed.closes_at, zone))}</p>
              )}
            </div>
          )}
        </>
      )}
    </section>
  )
}

function Written({ visit, prescription, zone }: { visit: Appointment; prescription: Prescription; zone: Zone }) {
  const file = useMutation({ mutationFn: () => download(prescriptionPath(visit.id)), onSuccess: (pdf) => saveFile(pdf, text.file) })
  const day = dayFull(dayOf(prescription.written_at, zone))
  return (
    <>
      <PrescriptionText draft={prescription} />
      <p className="small muted">{prescription.revision > 1 ? text.revised(day, prescription.revision) : text.written(day)}</p>
      <Button look="outline" size="small" icon={<IconDownload size={18} aria-hidden="true" />} busy={file.isPending} onClick={() => file.mutate()}>
        {text.pdf}
      </Button>
      {file.error && <Failure error={file.error} />}
    </>
  )
}
