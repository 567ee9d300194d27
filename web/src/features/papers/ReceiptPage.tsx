import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { receiptFile, receiptQuery } from '@/shared/api/papers'
import { isKind } from '@/shared/api/problem'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { FileButton } from '@/shared/ui/FileButton'
import { Note } from '@/shared/ui/Note'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'
import { Frame } from './Frame'
import { ReceiptPaper } from './ReceiptPaper'

const route = getRouteApi('/_own/appointments/$appointmentId/receipt')
const text = words.papers.receipt

export function ReceiptPage() {
  const { appointmentId } = route.useParams()
  const receipt = useQuery(receiptQuery(appointmentId))
  const slow = useSlow(receipt.isPending)
  const { data } = receipt
  usePageTitle(data ? text.title(data.number) : text.plainTitle)
  const zone = useZone()
  return (
    <Frame ready={data !== undefined} actions={data && <FileButton path={receiptFile(appointmentId)} name={text.file(data.number)} label={text.pdf} />}>
      {slow && (
        <>
          <Coming />
          <Bar width="100%" height={560} round={18} />
        </>
      )}
      {receipt.error && !data && (isKind(receipt.error, 'not-found') ? <Missing /> : <Failure whole error={receipt.error} onRetry={() => void receipt.refetch()} />)}
      {data && <ReceiptPaper receipt={data} zone={zone} />}
    </Frame>
  )
}

function Missing() {
  return (
    <div className="stack">
      <h1>{text.plainTitle}</h1>
      <Note tone="amber">{text.missing}</Note>
    </div>
  )
}
