import { clock, instant, type Moment, type Zone } from '@/shared/time'

/** “2:20 pm”, am and pm smaller; “14:20” where the clock has twenty-four hours. */
export function Clock({ at, zone }: { at: Moment; zone: Zone }) {
  const { digits, period } = clock(at, zone)
  return (
    <time dateTime={instant(at).toISOString()} style={{ whiteSpace: 'nowrap' }}>
      {digits}
      {period && <span className="ap"> {period}</span>}
    </time>
  )
}
