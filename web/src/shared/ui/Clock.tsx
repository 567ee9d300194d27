import { clock, instant, type Moment, type Zone } from '@/shared/time'

/** “2:20 pm”, am and pm smaller. */
export function Clock({ at, zone }: { at: Moment; zone: Zone }) {
  const { digits, period } = clock(at, zone)
  return (
    <time dateTime={instant(at).toISOString()} style={{ whiteSpace: 'nowrap' }}>
      {digits}
      <span className="ap"> {period}</span>
    </time>
  )
}
