import { Autocomplete, PasswordInput, Select, TextInput, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { DoctorRegistration } from '@/shared/api/limits'
import { specializationsQuery } from '@/shared/api/public'
import { words } from '@/shared/text'
import { zoneChoices } from '@/shared/time'
import { FeeField } from '@/shared/ui/FeeField'
import { Note } from '@/shared/ui/Note'
import styles from './register.module.css'
import type { RegistrationForm } from './registration'

const text = words.register
const { account } = words

interface Props {
  form: UseFormReturnType<RegistrationForm>
  currency: string
}

export function AccountStep({ form }: Props) {
  return (
    <>
      <TextInput label={text.name} description={text.nameHint} autoComplete="name" {...form.getInputProps('name')} />
      <TextInput label={account.staff.email} description={text.emailHint} type="email" autoComplete="username" {...form.getInputProps('email')} />
      <PasswordInput label={account.staff.password} description={text.passwordHint} autoComplete="new-password" {...form.getInputProps('password')} />
      <TextInput label={account.phone} description={text.phoneHint} type="tel" autoComplete="tel" {...form.getInputProps('phone')} />
    </>
  )
}

export function PracticeStep({ form, currency }: Props) {
  const specializations = useQuery(specializationsQuery).data ?? []
  const { value, ...fee } = form.getInputProps('fee') as { value: string }
  return (
    <>
      <Autocomplete
        label={text.specialization}
        description={text.specializationHint}
        data={specializations.map(({ name }) => name)}
        maxLength={DoctorRegistration.specialization.maxLength}
        {...form.getInputProps('specialization')}
      />
      <FeeField currency={currency} value={value} {...fee} />
      <TextInput label={text.languages} description={text.languagesHint} {...form.getInputProps('languages')} />
      <Textarea
        label={text.qualifications}
        description={text.qualificationsHint}
        autosize
        minRows={2}
        maxLength={DoctorRegistration.qualifications.maxLength}
        {...form.getInputProps('qualifications')}
      />
      <Textarea label={text.about} description={text.aboutHint} autosize minRows={3} maxLength={DoctorRegistration.about.maxLength} {...form.getInputProps('about')} />
    </>
  )
}

export function TimeStep({ form }: Props) {
  return (
    <>
      <Select
        label={account.zone}
        description={text.zoneHint}
        data={zoneChoices(form.values.time_zone)}
        searchable
        allowDeselect={false}
        {...form.getInputProps('time_zone')}
      />
      <Note title={text.hoursLater.title}>
        <ol className={styles.after}>
          {text.hoursLater.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ol>
      </Note>
    </>
  )
}
