import { TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconCopy } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { endFeed, feedQuery, newFeed } from '@/shared/api/own'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { dayFull, dayOf } from '@/shared/time'
import { Ask } from '@/shared/ui/Ask'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { notify } from '@/shared/ui/notify'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { SectionHead } from './SectionHead'
import styles from './you.module.css'

const text = words.you.feed

/** The address lives on this page only, and only until it is left: nobody is told it again. */
export function CalendarPage() {
  const queries = useQueryClient()
  const zone = useZone()
  const feed = useQuery(feedQuery)
  const slow = useSlow(feed.isPending)
  const [address, setAddress] = useState<string | null>(null)
  const [asking, setAsking] = useState<'renew' | 'revoke' | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: feedQuery.queryKey })
  const make = useMutation({
    mutationFn: newFeed,
    onSuccess: async ({ url }) => {
      setAddress(url)
      setAsking(null)
      await refresh()
    },
  })
  const revoke = useMutation({
    mutationFn: endFeed,
    onSuccess: async () => {
      setAddress(null)
      setAsking(null)
      await refresh()
      void notify(text.revoked)
    },
  })
  const { data } = feed
  return (
    <div className="stack loose">
      <SectionHead title={text.title} lead={text.lead} />
      {feed.error && !data && <Failure error={feed.error} onRetry={() => void feed.refetch()} />}
      {slow && <Bar width="100%" height={220} round={18} />}
      {data && (
        <section className="card pad stack">
          {address ? (
            <Fresh address={address} />
          ) : (
            <div>
              <h2 className={styles.cardTitle}>{data.active && data.created_at ? text.active(dayFull(dayOf(data.created_at, zone))) : text.off}</h2>
              <p className="soft">{data.active ? text.activeText : text.offText}</p>
            </div>
          )}
          {make.error && asking === null && <Failure error={make.error} />}
          <div className="row wrap">
            {data.active ? (
              <>
                <Button look="outline" onClick={() => setAsking('renew')}>
                  {text.renew}
                </Button>
                <Button look="quiet" onClick={() => setAsking('revoke')}>
                  {text.revoke}
                </Button>
              </>
            ) : (
              <Button busy={make.isPending} onClick={() => make.mutate()}>
                {text.make}
              </Button>
            )}
          </div>
        </section>
      )}
      <p className="muted">{text.what}</p>
      <Question asked={asking === 'renew'} ask={text.renewAsk} deed={make} onClose={() => setAsking(null)} />
      <Question asked={asking === 'revoke'} ask={text.revokeAsk} deed={revoke} onClose={() => setAsking(null)} />
    </div>
  )
}

interface QuestionProps {
  asked: boolean
  ask: { title: string; text: string; keep: string; go: string }
  deed: { error: Error | null; isPending: boolean; mutate: () => void }
  onClose: () => void
}

function Question({ asked, ask, deed, onClose }: QuestionProps) {
  return (
    <Ask opened={asked} title={ask.title} keep={ask.keep} go={ask.go} danger error={deed.error} busy={deed.isPending} onClose={onClose} onGo={() => deed.mutate()}>
      <p className="soft">{ask.text}</p>
    </Ask>
  )
}

function Fresh({ address }: { address: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  const copy = () => {
    field.current?.select()
    // Missing where the page is not served over https or from this machine.
    const clipboard = navigator.clipboard as Clipboard | undefined
    if (!clipboard) { setCopied('refused'); return; }
    clipboard.writeText(address).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    )
  }
  return (
    <div className="stack" role="status">
      <Note tone="green" title={text.fresh}>
        {text.freshText}
      </Note>
      <div className={styles.address}>
        <TextInput ref={field} label={text.address} value={address} readOnly onFocus={(event) => event.currentTarget.select()} />
        <Button icon={<IconCopy size={20} aria-hidden="true" />} onClick={copy}>
          {text.copy}
        </Button>
      </div>
      {copied !== 'no' && <p className="soft">{copied === 'yes' ? text.copied : text.copyYourself}</p>}
    </div>
  )
}
