import { useQuery } from '@tanstack/react-query'
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { providersQuery } from '@/shared/api/admin'
import type { Provider } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Badge, type Tone } from '@/shared/ui/Badge'
import { ButtonLink } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { Facts } from './Facts'
import { Head } from './Head'
import { Item } from './Item'
import styles from './admin.module.css'
import { whenText } from './when'

const text = words.providers
const tones: Record<Provider['standing'], Tone> = { well: 'green', untried: 'grey', refused: 'green', busy: 'amber', away: 'red', shut_out: 'red' }

/** The services outside, those that need a person first. */
export function ProvidersPage() {
  const { data, error, isPending, refetch } = useQuery(providersQuery)
  const slow = useSlow(isPending)
  return (
    <>
      <Head title={text.title} lead={text.lead} times />
      <div className="stack">
        {error && <Failure error={error} onRetry={() => void refetch()} />}
        {slow && (
          <div className="stack" aria-hidden="true">
            <Bar width="100%" height={120} round={18} />
            <Bar width="100%" height={120} round={18} />
          </div>
        )}
        {data?.items.length === 0 && <p className="card pad soft">{text.empty}</p>}
        {data && data.items.length > 0 && (
          <ul className={`card ${styles.list ?? ''}`}>
            {[...data.items].sort(byUrgency).map((provider) => (
              <One key={provider.provider} provider={provider} />
            ))}
          </ul>
        )}
        {data && data.items.length > 0 && data.simulated.length > 0 && (
          <p className="soft small">{text.simulated(data.simulated.map((port) => text.ports[port] ?? port).join(', '))}</p>
        )}
        {data && data.items.length > 0 && <p className="soft small">{text.scope}</p>}
      </div>
    </>
  )
}

const ORDER: Provider['standing'][] = ['shut_out', 'away', 'busy', 'refused', 'well', 'untried']

function byUrgency(one: Provider, other: Provider) {
  return ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing) || one.provider.localeCompare(other.provider)
}

function One({ provider }: { provider: Provider }) {
  const zone = useZone()
  const { standing } = provider
  const bad = standing === 'shut_out' || standing === 'away'
  return (
    <Item
      icon={bad ? IconPlugConnectedX : IconPlugConnected}
      {...(bad ? { tone: 'red' as const } : standing === 'busy' ? { tone: 'amber' as const } : {})}
      title={text.names[provider.provider] ?? provider.provider}
      actions={
        (bad || standing === 'refused') && (
          <ButtonLink look="quiet" size="small" to="/admin/tasks">
            {text.tasks}
          </ButtonLink>
        )
      }
    >
      <p>
        <Badge tone={tones[standing]}>{text.standings[standing]}</Badge>
      </p>
      {text.advice[standing] && <p className="strong">{text.advice[standing]}</p>}
      <Facts
        facts={[
          [text.reason, provider.reason],
          [text.since, provider.troubled_since ? whenText(provider.troubled_since, zone) : ''],
          [text.again, provider.rests_until ? text.notBefore(whenText(provider.rests_until, zone)) : ''],
          [text.answered, provider.answered_at ? whenText(provider.answered_at, zone) : standing === 'untried' ? '' : text.never],
          [text.asked, provider.calls ? text.calls(provider.calls, provider.failures) : ''],
        ]}
      />
    </Item>
  )
}
