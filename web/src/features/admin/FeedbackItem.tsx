import { useDisclosure } from '@mantine/hooks'
import { judgeFeedback } from '@/shared/api/admin'
import type { AdminFeedback } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Badge } from '@/shared/ui/Badge'
import { Button } from '@/shared/ui/Button'
import { Stars } from '@/shared/ui/Stars'
import { Ask } from './Ask'
import styles from './admin.module.css'
import { useDeed } from './useDeed'
import { whenText } from './when'

const text = words.admin.feedback

export function FeedbackItem({ item: { appointment_id: id, feedback } }: { item: AdminFeedback }) {
  const zone = useZone()
  const [asking, { open, close }] = useDisclosure(false)
  const { hidden } = feedback
  const title = feedback.title || text.untitled
  const deed = useDeed((reason: string) => judgeFeedback(id, hidden ? 'unhide' : 'hide', reason), {
    said: ({ feedback: now }) => (now.hidden ? text.hiddenDone : text.shownDone),
    then: close,
  })
  const question = hidden ? text.confirmShow : { ...text.confirmHide, harmful: true }
  return (
    <li className={styles.item}>
      <div className="grow stack tight">
        <div className="row wrap">
          <Stars count={feedback.stars} />
          <b className="strong break">{title}</b>
          {hidden && <Badge tone="amber">{words.admin.doctor.hidden}</Badge>}
        </div>
        {feedback.review && <p className="break">{feedback.review}</p>}
        {feedback.hidden_reason && <p className="soft small break">{words.admin.doctor.hiddenWhy(feedback.hidden_reason)}</p>}
        {feedback.answer && (
          <p className="soft small break">
            <b className="strong">{words.admin.doctor.answered}:</b> {feedback.answer}
          </p>
        )}
        <p className="muted small">{whenText(feedback.given_at, zone)}</p>
      </div>
      <div className={styles.actions}>
        <Button look="outline" size="small" aria-label={hidden ? text.showName(title) : text.hideName(title)} onClick={open}>
          {hidden ? text.show : text.hide}
        </Button>
      </div>
      <Ask
        opened={asking}
        onClose={close}
        question={{ ...question, reason: text.reason }}
        busy={deed.isPending}
        error={deed.error}
        onGo={(reason) => deed.mutate(reason)}
      />
    </li>
  )
}
