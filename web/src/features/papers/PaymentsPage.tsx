import { useInfiniteQuery } from '@tanstack/react-query'
import { IconReceipt } from '@tabler/icons-react'
import { paymentsQuery } from '@/shared/api/papers'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { PaymentRow } from './PaymentRow'
import styles from './papers.module.css'

const text = words.papers.payments

export function PaymentsPage() {
  usePageTitle(text.title)
  const zone = useZone()
  const payments = useInfiniteQuery(paymentsQuery)
  const slow = useSlow(payments.isPending)
  const items = payments.data?.pages.flatMap((page) => page.items)
  return (
    <div className="stack loose">
      <div>
        <h1>{text.title}</h1>
        <p className="soft">{text.lead(placeOf(zone))}</p>
      </div>
      {payments.error && !items && <Failure error={payments.error} onRetry={() => void payments.refetch()} />}
      {slow && (
        <div className="stack" aria-hidden="true">
          <Bar width="100%" height={120} round={18} />
          <Bar width="100%" height={120} round={18} />
        </div>
      )}
      {items?.length === 0 && (
        <div className={`card ${styles.empty ?? ''}`}>
          <IconReceipt size={40} aria-hidden="true" />
          <h2>{text.none}</h2>
          <p>{text.noneText}</p>
          <ButtonLink to="/doctors">{text.find}</ButtonLink>
        </div>
      )}
      <ol className="stack">
        {items?.map((payment) => (
          <PaymentRow key={payment.id} payment={payment} zone={zone} />
        ))}
      </ol>
      {payments.isFetchNextPageError && <Failure error={payments.error} />}
      {payments.hasNextPage && (
        <div className="center">
          <Button look="outline" busy={payments.isFetchingNextPage} onClick={() => void payments.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
    </div>
  )
}
