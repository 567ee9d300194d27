import { useInfiniteQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { retryTask, tasksQuery } from '@/shared/api/admin'
import type { Task } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Head } from './Head'
import { Item } from './Item'
import { Paged } from './Paged'
import styles from './admin.module.css'
import { failureOf } from './failure'
import { useDeed } from './useDeed'
import { whenText } from './when'

const text = words.oversight.tasks
const { kinds, anyKind } = words.oversight.messages

export function TasksPage() {
  const tasks = useInfiniteQuery(tasksQuery('dead'))
  return (
    <>
      <Head title={text.title} lead={text.lead} times />
      <div className="stack">
        <Paged list={tasks} empty={text.empty}>
          {(items) => (
            <ul className={`card ${styles.list ?? ''}`}>
              {items.map((task) => (
                <FailedTask key={task.id} task={task} />
              ))}
            </ul>
          )}
        </Paged>
      </div>
    </>
  )
}

function FailedTask({ task }: { task: Task }) {
  const zone = useZone()
  const retry = useDeed((id: string, key) => retryTask(id, key), { said: () => text.retried })
  const what = task.message ? text.message(kinds[task.message] ?? anyKind) : text.kinds[task.kind]
  const { kind, detail } = failureOf(task.last_error)
  return (
    <Item
      icon={IconAlertTriangle}
      tone="red"
      title={task.recipient_role ? `${what} ${text.to[task.recipient_role]}` : what}
      meta={text.tries(task.attempts, whenText(task.created_at, zone))}
      actions={
        <>
          {task.appointment_id && (
            <ButtonLink look="quiet" size="small" to="/admin/visits/$appointmentId" params={{ appointmentId: task.appointment_id }}>
              {text.visit}
            </ButtonLink>
          )}
          <Button
            look="outline"
            size="small"
            icon={<IconRefresh size={18} aria-hidden="true" />}
            aria-label={text.retryName(what)}
            busy={retry.isPending}
            onClick={() => retry.mutate(task.id)}
          >
            {text.retry}
          </Button>
        </>
      }
    >
      <p className="strong">{text.failure[kind]}</p>
      {detail && <p className="soft small break">{text.words(detail)}</p>}
      <p className="soft small">{text.consequence[task.kind]}</p>
      {retry.error && <Failure error={retry.error} />}
    </Item>
  )
}
