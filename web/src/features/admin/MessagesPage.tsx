import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { messagesQuery, type Delivery } from '@/shared/api/admin'
import type { AdminMessage } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Badge, type Tone } from '@/shared/ui/Badge'
import { Head, Segments } from './Head'
import { Paged } from './Paged'
import { DELIVERIES } from './search'
import styles from './admin.module.css'
import { whenText } from './when'

const route = getRouteApi('/_staff/admin/messages')
const text = words.oversight.messages
const tones: Record<Delivery, Tone> = { waiting: 'amber', sent: 'green', failed: 'red', withheld: 'grey', dropped: 'grey' }

export function MessagesPage() {
  const { show } = route.useSearch()
  const messages = useInfiniteQuery(messagesQuery(show))
  return (
    <>
      <Head title={text.title} lead={text.lead} times>
        <Segments
          choices={[{ value: undefined, label: words.admin.all }, ...DELIVERIES.map((state) => ({ value: state, label: text.states[state] }))]}
          chosen={show}
        />
      </Head>
      <div className="stack">
        {show && <p className="soft">{text.meaning[show]}</p>}
        <Paged list={messages} empty={text.empty}>
          {(items) => <MessageTable messages={items} />}
        </Paged>
      </div>
    </>
  )
}

function MessageTable({ messages }: { messages: AdminMessage[] }) {
  const zone = useZone()
  return (
    <div className={`card ${styles.tableBox ?? ''}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.who}</th>
            <th scope="col">{text.time}</th>
            <th scope="col">{text.about}</th>
            <th scope="col">{text.state}</th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <tr key={message.id}>
              <td className={styles.who}>
                <b className="strong">{text.kinds[message.kind] ?? text.anyKind}</b>
              </td>
              <td data-label={text.who}>{text.roles[message.recipient_role]}</td>
              <td data-label={text.time}>{whenText(message.sent_at ?? message.at, zone)}</td>
              <td data-label={text.about}>
                {message.appointment_id ? (
                  <Link to="/admin/visits/$appointmentId" params={{ appointmentId: message.appointment_id }}>
                    {text.visit}
                  </Link>
                ) : (
                  <span className="muted">{text.noVisit}</span>
                )}
              </td>
              <td data-label={text.state} className={styles.state}>
                <Badge tone={tones[message.delivery]}>{text.states[message.delivery]}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
