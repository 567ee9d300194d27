import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconMapPin, IconMessage } from '@tabler/icons-react'
import { priceQuery } from '@/shared/api/price'
import { clinicQuery } from '@/shared/api/public'
import type { DoctorProfile } from '@/shared/api/types'
import { usePerson, useZone } from '@/shared/auth'
import { typedList } from '@/shared/format/list'
import { formatMoney, minorUnits, rest } from '@/shared/format/money'
import { fieldName, languageList } from '@/shared/format/terms'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Avatar } from '@/shared/ui/Avatar'
import type { ProfileForm } from './profile'
import styles from './profile.module.css'

const text = words.practice.profile

/** The head of the public page, from what is typed. */
export function Preview({ form, profile }: { form: ProfileForm; profile: DoctorProfile }) {
  const { me } = usePerson()
  const zone = useZone()
  const clinic = useQuery(clinicQuery).data
  const languages = typedList(form.languages)
  return (
    <section className={`card pad ${styles.preview ?? ''}`} aria-labelledby="profile-preview">
      <div>
        <h2 id="profile-preview">{text.preview}</h2>
        <p className="muted small">{text.previewHint}</p>
      </div>
      <div className={styles.who}>
        <Avatar name={form.name} photo={me?.photo_url ?? profile.photo_url} size="large" />
        <div className="grow">
          <p className={styles.name}>{form.name}</p>
          <p className="soft break">{fieldName(form.specialization)}</p>
        </div>
      </div>
      <ul className={styles.meta}>
        {languages.length > 0 && (
          <li>
            <IconMessage size={18} aria-hidden="true" />
            <span className="break">{languageList(languages)}</span>
          </li>
        )}
        <li>
          <IconMapPin size={18} aria-hidden="true" />
          <span>
            {clinic && `${clinic.name}, `}
            {placeOf(zone)}
          </span>
        </li>
      </ul>
      <Price typed={form.fee} currency={profile.fee.currency} />
      <div className="stack tight">
        <h3>{words.doctor.about}</h3>
        <p className={styles.about}>{form.about.trim() || <span className="muted">{text.noAbout}</span>}</p>
        {form.qualifications.trim() && <p className="muted small break">{form.qualifications}</p>}
      </div>
      {profile.status === 'approved' ? (
        <p>
          <Link to="/doctors/$doctorId" params={{ doctorId: profile.id }}>
            {text.publicPage}
          </Link>
        </p>
      ) : (
        <p className="muted small">{text.notListed}</p>
      )}
    </section>
  )
}

function Price({ typed, currency }: { typed: string; currency: string }) {
  const amount = minorUnits(typed, currency)
  const [settled] = useDebouncedValue(amount, 250)
  const { data, isError } = useQuery({ ...priceQuery(settled ?? 0), enabled: settled !== null })
  if (!data || isError || amount === null || settled === null) return <p className={styles.price}>–</p>
  const free = data.total.amount === 0
  return (
    <p className={styles.price}>
      <b>{formatMoney(data.total)}</b>
      <span className="muted small">{free ? words.doctor.feeFree : words.doctor.feeAndTax(formatMoney(data.fee), formatMoney(rest(data.total, data.fee)))}</span>
    </p>
  )
}
