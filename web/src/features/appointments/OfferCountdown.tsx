import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { MINE } from '@/shared/api/mine'
import { words } from '@/shared/text'
import { now, type Zone } from '@/shared/time'
import { Clock } from '@/shared/ui/Clock'
import { CountdownRing, SpokenCountdown, useCountdown } from '@/shared/ui/Countdown'

/** How long the time is kept yet. When it is over the page asks how things stand. */
export function OfferCountdown({ until, zone }: { until: string; zone: Zone }) {
  const queries = useQueryClient()
  const reload = useCallback(() => void queries.invalidateQueries({ queryKey: [MINE] }), [queries])
  // The ring is full for what was left when the page was opened: how long an offer lasts is the server's to know.
  const [whole] = useState(() => Math.max(1, (Date.parse(until) - now()) / 60_000))
  const left = useCountdown(until, whole, reload)
  if (!left) return null
  return (
    <>
      <CountdownRing left={left}>
        <strong>
          {words.visits.offer.keepUntil} <Clock at={until} zone={zone} />
        </strong>
        <span className="small">{words.booking.nobodyElse}</span>
      </CountdownRing>
      <SpokenCountdown until={until} />
    </>
  )
}
