import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { preferencesQuery, savePreferences } from '@/shared/api/own'
import type { Preferences, Role } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { SectionHead } from './SectionHead'
import styles from './you.module.css'

const text = words.you.messages
type Topic = keyof Preferences

const TOPICS: Record<Role, readonly Topic[]> = {
  patient: ['reminders', 'text_reminders', 'offers', 'feedback_requests', 'sign_in_notices'],
  doctor: ['reminders', 'text_reminders', 'sign_in_notices'],
  administrator: ['sign_in_notices'],
}

/** Text messages are null where none are sent. */
const offered = (preferences: Preferences, role: Role) => TOPICS[role].filter((topic) => preferences[topic] !== null)

export function MessagesPage() {
  const { me } = usePerson()
  const role = (me?.role ?? 'patient') as Role
  const queries = useQueryClient()
  const preferences = useQuery(preferencesQuery)
  const slow = useSlow(preferences.isPending)
  const save = useMutation({
    mutationFn: (changed: Preferences) => savePreferences(changed),
    onSuccess: (saved) => queries.setQueryData(preferencesQuery.queryKey, saved),
    // One after the other: the last choice is the one that stays.
    scope: { id: 'preferences' },
  })
  // What was just chosen shows at once; a choice that could not be saved goes back to what counts.
  const [chosen, setChosen] = useState<Preferences>()
  const shown = chosen ?? preferences.data
  const choose = (topic: Topic, wanted: boolean) => {
    if (!shown) return
    const { title } = text.kinds[topic]
    const next = { ...shown, [topic]: wanted }
    setChosen(next)
    save.mutate(next, {
      onSuccess: () => void notify(wanted ? text.on(title) : text.off(title)),
      // Of several in a row only the last comes here.
      onSettled: () => setChosen(undefined),
    })
  }
  return (
    <div className="stack loose">
      <SectionHead title={text.title} lead={text.lead} />
      {preferences.error && !preferences.data && <Failure error={preferences.error} onRetry={() => void preferences.refetch()} />}
      {slow && <Bar width="100%" height={320} round={18} />}
      {shown && (
        <section className="card pad">
          <h2 className="sr">{text.choice}</h2>
          {save.error && <Failure error={save.error} title={text.failed} />}
          {offered(shown, role).map((topic) => (
            <div key={topic} className={styles.choice}>
              <Switch
                size="lg"
                labelPosition="left"
                label={text.kinds[topic].title}
                description={text.kinds[topic].text}
                checked={shown[topic] ?? false}
                onChange={(event) => choose(topic, event.currentTarget.checked)}
              />
            </div>
          ))}
        </section>
      )}
      <section className="card pad stack tight">
        <h2 className={styles.cardTitle}>{text.always}</h2>
        <p className="soft">{text.alwaysText[role]}</p>
      </section>
    </div>
  )
}
