import { offered } from '@/shared/api/steps'
import type { Appointment } from '@/shared/api/types'
import { words } from '@/shared/text'
import type { Zone } from '@/shared/time'
import { FeedbackSaid } from '@/shared/ui/FeedbackSaid'

const text = words.visit.feedback

export function FeedbackCard({ visit, zone }: { visit: Appointment; zone: Zone }) {
  const { feedback } = visit
  return (
    <section className="card pad stack" aria-labelledby="feedback" id="said">
      <h2 id="feedback">{text.title}</h2>
      {feedback ? (
        <FeedbackSaid appointmentId={visit.id} feedback={feedback} zone={zone} open={offered(visit, 'answer-feedback')?.open ?? false} />
      ) : (
        <p className="soft">{text.none}</p>
      )}
    </section>
  )
}
