import { TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { repeatable } from '@/shared/api/intent'
import { OwnCalendarRequest } from '@/shared/api/limits'
import { meQuery } from '@/shared/api/mine'
import { wrongFields } from '@/shared/api/problem'
import { connectCalendar, ownCalendarQuery } from '@/shared/api/staff'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import styles from './hours.module.css'

const text = words.hours.ownCalendar

/** Nothing is kept unless the calendar could be read at once. */
export function OwnCalendarForm({ sharedWith, onClose }: { sharedWith: string | null; onClose: () => void }) {
  const queries = useQueryClient()
  const me = useQuery(meQuery)
  const [typed, setTyped] = useState<string | null>(null)
  const address = typed ?? me.data?.email ?? ''
  const connect = useMutation({
    ...repeatable,
    mutationFn: connectCalendar,
    onSuccess: (read) => {
      queries.setQueryData(ownCalendarQuery.queryKey, read)
      void notify(text.connected)
      onClose()
    },
  })
  const refused = wrongFields(connect.error).length > 0
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        connect.mutate(address.trim())
      }}
    >
      <p className="soft">{sharedWith ? text.how(sharedWith) : text.howUnknown}</p>
      <TextInput
        label={text.address}
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={OwnCalendarRequest.address.maxLength}
        value={address}
        error={refused && text.unshared}
        onChange={(event) => {
          connect.reset()
          setTyped(event.currentTarget.value)
        }}
      />
      {connect.error && !refused && <Failure error={connect.error} />}
      <div className="row wrap">
        <Button look="outline" onClick={onClose}>
          {text.keep}
        </Button>
        <Button type="submit" busy={connect.isPending}>
          {text.connect}
        </Button>
      </div>
    </form>
  )
}
