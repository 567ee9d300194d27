import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { repeatable } from '@/shared/api/intent'
import { meQuery } from '@/shared/api/mine'
import { changeOwnProfile, ownProfileQuery, type ProfileChange } from '@/shared/api/practice'
import { wrongFields } from '@/shared/api/problem'
import type { DoctorProfile } from '@/shared/api/types'
import { words } from '@/shared/text'
import { fieldErrors } from '@/shared/text/explain'
import { Failure } from '@/shared/ui/Failure'
import { focusFirstMistake } from '@/shared/ui/forms'
import { Leaving } from '@/shared/ui/Leaving'
import { notify } from '@/shared/ui/notify'
import { usePageTitle } from '@/shared/ui/PageTitle'
import { PhotoCard } from '@/shared/ui/PhotoCard'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Standing } from '@/shared/ui/Standing'
import { Fields } from './Fields'
import { Preview } from './Preview'
import { changesOf, formOf, type ProfileForm } from './profile'
import styles from './profile.module.css'

const text = words.practice.profile

export function ProfilePage() {
  usePageTitle(text.title)
  const profile = useQuery(ownProfileQuery)
  const slow = useSlow(profile.isPending)
  return (
    <div className="stack">
      <div>
        <h1>{text.title}</h1>
        <p className="muted">{text.lead}</p>
      </div>
      {profile.error && !profile.data && <Failure error={profile.error} onRetry={() => void profile.refetch()} />}
      {slow && <Bar width="100%" height={520} round={18} />}
      {profile.data && (
        <>
          <Standing status={profile.data.status} />
          <PhotoCard />
          <Editor profile={profile.data} />
        </>
      )}
    </div>
  )
}

/** Edits a copy; what patients see changes when it is saved. */
function Editor({ profile }: { profile: DoctorProfile }) {
  const queries = useQueryClient()
  const form = useForm<ProfileForm>({ initialValues: formOf(profile) })
  const change = changesOf(form.values, profile)
  const dirty = Object.keys(change).length > 0
  const save = useMutation({
    ...repeatable,
    mutationFn: (wanted: ProfileChange) => changeOwnProfile(wanted),
    onSuccess: (saved) => {
      queries.setQueryData(ownProfileQuery.queryKey, saved)
      form.setInitialValues(formOf(saved))
      form.setValues(formOf(saved))
      void queries.invalidateQueries({ queryKey: meQuery.queryKey })
      void queries.invalidateQueries({ queryKey: ['doctor', saved.id] })
      void notify(saved.status === 'approved' ? text.savedListed : text.saved)
    },
    onError: (error) => {
      const { 'fee.amount': fee, ...fields } = fieldErrors(error)
      const wrong = fee ? { ...fields, fee } : fields
      form.setErrors(wrong)
      focusFirstMistake(form)(wrong)
    },
  })
  const unmarked = save.isError && wrongFields(save.error).length === 0
  return (
    <div className={styles.columns}>
      <Leaving dirty={dirty} />
      <Fields
        form={form}
        profile={profile}
        dirty={dirty}
        busy={save.isPending}
        error={unmarked ? save.error : null}
        onUndo={() => {
          save.reset()
          form.clearErrors()
          form.setValues(formOf(profile))
        }}
        onSave={() => save.mutate(change)}
      />
      <Preview form={form.values} profile={profile} />
    </div>
  )
}
