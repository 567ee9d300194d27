import { Autocomplete, TextInput, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DoctorProfileChange } from '@/shared/api/limits'
import { specializationsQuery } from '@/shared/api/public'
import type { DoctorProfile } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { placeOf } from '@/shared/time'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { FeeField } from '@/shared/ui/FeeField'
import type { ProfileForm } from './profile'
import styles from './profile.module.css'

const text = words.practice.profile
const { account, register } = words

interface Props {
  form: UseFormReturnType<ProfileForm>
  profile: DoctorProfile
  dirty: boolean
  busy: boolean
  error: Error | null
  onUndo: () => void
  onSave: () => void
}

export function Fields({ form, profile, dirty, busy, error, onUndo, onSave }: Props) {
  const zone = useZone()
  const specializations = useQuery(specializationsQuery).data ?? []
  const { value, ...fee } = form.getInputProps('fee') as { value: string }
  return (
    <form
      className="card pad stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (dirty) onSave()
      }}
    >
      <h2>{text.form}</h2>
      <TextInput label={register.name} description={register.nameHint} autoComplete="name" {...form.getInputProps('name')} />
      <Autocomplete
        label={register.specialization}
        description={register.specializationHint}
        data={specializations.map(({ name }) => name)}
        maxLength={DoctorProfileChange.specialization.maxLength}
        {...form.getInputProps('specialization')}
      />
      <Textarea
        label={text.qualifications}
        description={text.qualificationsHint}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={DoctorProfileChange.qualifications.maxLength}
        {...form.getInputProps('qualifications')}
      />
      <TextInput label={text.languages} description={text.languagesHint} {...form.getInputProps('languages')} />
      <div>
        <FeeField currency={profile.fee.currency} value={value} {...fee} />
        <p className="small muted">{text.feeNote}</p>
      </div>
      <Textarea label={text.about} description={text.aboutHint} autosize minRows={4} maxRows={14} maxLength={DoctorProfileChange.about.maxLength} {...form.getInputProps('about')} />
      <TextInput label={account.phone} description={text.phoneHint} type="tel" autoComplete="tel" {...form.getInputProps('phone')} />
      <TextInput label={account.staff.email} description={text.emailHint} value={profile.email} readOnly />
      <p className="small muted">
        {text.zoneHint(placeOf(zone))} <Link to="/hours">{words.hours.title}</Link>
      </p>
      {error && <Failure error={error} />}
      {dirty && <p className="small soft">{text.unsaved}</p>}
      <div className={styles.buttons}>
        <Button look="quiet" aria-disabled={!dirty} onClick={() => dirty && onUndo()}>
          {text.undo}
        </Button>
        <Button type="submit" className="grow" busy={busy} aria-disabled={!dirty}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}
