import { NativeSelect, Select } from '@mantine/core'
import { words } from '@/shared/text'
import { zoneChoices } from '@/shared/time'
import styles from './hours.module.css'
import type { HoursForm } from './week'

const text = words.hours
const { minutes: sayMinutes, days, duration } = words.common

const LENGTHS = [10, 15, 20, 25, 30, 40, 45, 50, 60, 90, 120]
const GAPS = [0, 5, 10, 15, 20, 30, 45, 60]
const NOTICES = [0, 15, 30, 60, 120, 240, 720, 1_440, 2_880, 10_080]
const HORIZONS = [7, 14, 30, 60, 90, 180, 365, 730]

const long = (minutes: number) => (minutes > 0 && minutes % 1_440 === 0 ? days(minutes / 1_440) : duration(minutes))

/** The usual choices, and the present value if it is none of them. */
function choices(values: readonly number[], present: number, say: (value: number) => string) {
  const all = values.includes(present) ? values : [...values, present].sort((a, b) => a - b)
  return all.map((value) => ({ value: String(value), label: say(value) }))
}

export function VisitRules({ form, onChange }: { form: HoursForm; onChange: (part: Partial<HoursForm>) => void }) {
  return (
    <section className="card pad stack" aria-labelledby="visit-rules">
      <h2 id="visit-rules">{text.visits}</h2>
      <div className={styles.rules}>
        <NativeSelect
          label={text.slotLength}
          value={form.slot_minutes}
          data={choices(LENGTHS, form.slot_minutes, sayMinutes)}
          onChange={(event) => onChange({ slot_minutes: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={text.gap}
          value={form.gap_minutes}
          data={choices(GAPS, form.gap_minutes, (value) => (value === 0 ? text.noGap : sayMinutes(value)))}
          onChange={(event) => onChange({ gap_minutes: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={text.notice}
          value={form.minimum_notice_minutes}
          data={choices(NOTICES, form.minimum_notice_minutes, (value) => (value === 0 ? text.noNotice : text.before(long(value))))}
          onChange={(event) => onChange({ minimum_notice_minutes: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={text.horizon}
          value={form.horizon_days}
          data={choices(HORIZONS, form.horizon_days, (value) => text.ahead(days(value)))}
          onChange={(event) => onChange({ horizon_days: Number(event.currentTarget.value) })}
        />
      </div>
      <p className="soft small">
        {text.inWords(
          sayMinutes(form.slot_minutes),
          form.gap_minutes === 0 ? null : sayMinutes(form.gap_minutes),
          form.minimum_notice_minutes === 0 ? null : long(form.minimum_notice_minutes),
          days(form.horizon_days),
        )}
      </p>
      <Select
        label={text.zone}
        description={text.zoneHint}
        data={zoneChoices(form.time_zone)}
        searchable
        allowDeselect={false}
        value={form.time_zone}
        onChange={(zone) => zone && onChange({ time_zone: zone })}
      />
    </section>
  )
}
