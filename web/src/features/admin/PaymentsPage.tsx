import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IconCash, IconRefresh } from '@tabler/icons-react'
import { retryTask, troubledPaymentsQuery, type Trouble } from '@/shared/api/admin'
import type { AdminPayment } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { formatMoney } from '@/shared/format/money'
import { words } from '@/shared/text'
import { Badge, type Tone } from '@/shared/ui/Badge'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Facts } from './Facts'
import { Head, Segments } from './Head'
import { Item } from './Item'
import { Paged } from './Paged'
import { Resolve } from './Resolve'
import { TROUBLES } from './search'
import styles from './admin.module.css'
import { useDeed } from './useDeed'
import { whenText } from './when'

const route = getRouteApi('/_staff/admin/payments')
const text = words.oversight.payments
const tones: Record<Trouble, Tone> = { refund_failed: 'red', quarantined: 'amber', disputed: 'red' }

export function PaymentsPage() {
  const { show } = route.useSearch()
  const payments = useInfiniteQuery(troubledPaymentsQuery(show))
  return (
    <>
      <Head title={text.title} lead={text.lead} times>
        <Segments
          choices={[{ value: undefined, label: words.admin.all }, ...TROUBLES.map((state) => ({ value: state, label: text.states[state] }))]}
          chosen={show}
        />
      </Head>
      <div className="stack">
        <Paged list={payments} empty={text.empty}>
          {(items) => (
            <ul className={`card ${styles.list ?? ''}`}>
              {items.map((payment) => (
                <Troubled key={payment.id} payment={payment} />
              ))}
            </ul>
          )}
        </Paged>
      </div>
    </>
  )
}

function Troubled({ payment }: { payment: AdminPayment }) {
  const zone = useZone()
  const retry = useDeed((id: string, key) => retryTask(id, key), { said: () => words.oversight.tasks.retried })
  const { visit, task_id: task } = payment
  return (
    <Item
      icon={IconCash}
      tone={payment.state === 'quarantined' ? 'amber' : 'red'}
      title={text.of(visit.patient, visit.doctor)}
      under={[whenText(visit.starts_at, zone), visit.receipt_number && text.receipt(visit.receipt_number)].filter(Boolean).join(', ')}
      actions={
        <>
          <ButtonLink look="quiet" size="small" to="/admin/visits/$appointmentId" params={{ appointmentId: visit.appointment_id }}>
            {text.visit}
          </ButtonLink>
          {payment.state === 'quarantined' && <Resolve payment={payment} />}
          {task && payment.task_state === 'dead' && (
            <Button
              look="outline"
              size="small"
              icon={<IconRefresh size={18} aria-hidden="true" />}
              aria-label={text.retryName(visit.patient)}
              busy={retry.isPending}
              onClick={() => retry.mutate(task)}
            >
              {text.retry}
            </Button>
          )}
        </>
      }
    >
      <p>
        <Badge tone={tones[payment.state]}>{text.states[payment.state]}</Badge>
      </p>
      <p className="strong break">{payment.reason}</p>
      <p className="soft small">{text.next[payment.state]}</p>
      {payment.giving_back && <p className="strong">{words.providers.resolve.backing}</p>}
      {!payment.explained && <p className="strong small">{text.unexplained}</p>}
      <Facts
        facts={[
          [text.amount, formatMoney(payment.amount)],
          [text.captured, formatMoney(payment.captured)],
          [text.refunded, formatMoney(payment.refunded)],
          [text.toKeep, formatMoney(payment.to_keep)],
        ]}
      />
      {retry.error && <Failure error={retry.error} />}
    </Item>
  )
}
