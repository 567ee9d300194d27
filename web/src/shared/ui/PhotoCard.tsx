import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconCamera, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ChangeEvent } from 'react'
import { MINE, meQuery } from '@/shared/api/mine'
import { invitePhoto, removePhoto, sendPhoto, showPhoto } from '@/shared/api/photos'
import { Problem, isKind } from '@/shared/api/problem'
import type { Role } from '@/shared/api/types'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { explain } from '@/shared/text/explain'
import { Ask } from './Ask'
import { Avatar } from './Avatar'
import { Button } from './Button'
import { Note } from './Note'
import { notify } from './notify'
import styles from './PhotoCard.module.css'
import { NoPicture, paintSquare, readPicture, withinBytes } from './pictures'

const text = words.you.photo
const KINDS = 'image/jpeg,image/png,image/webp'

function reasonOf(error: unknown): string {
  if (error instanceof NoPicture) return text.notPicture
  if (isKind(error, 'too-big')) return text.tooBig(sizeText((error as Problem).body.largest))
  if (isKind(error, 'validation')) return text.refused
  if (isKind(error, 'not-sent') || error instanceof TypeError) return text.sendFailed
  return explain(error)
}

function sizeText(bytes: unknown): string {
  return typeof bytes === 'number' ? `${Math.floor(bytes / 1024 / 1024)} MB` : '5 MB'
}

interface Chosen {
  file: File
  picture: ImageBitmap
}

/** One's picture: chosen, seen as it will look, and only then sent. */
export function PhotoCard() {
  const { me } = usePerson()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [asking, setAsking] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const queries = useQueryClient()
  const [share, setShare] = useState(0)
  const read = useMutation({
    mutationFn: async (file: File) => ({ file, picture: await readPicture(file) }),
    onSuccess: setChosen,
  })
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: meQuery.queryKey }), queries.invalidateQueries({ queryKey: [MINE, 'profile'] })])
  const send = useMutation({
    mutationFn: async ({ file, picture }: Chosen) => {
      const invitation = await invitePhoto()
      const sent = await withinBytes(file, picture, invitation.largest_bytes)
      if (sent.size > invitation.largest_bytes) throw new Problem('too-big', 413, { largest: invitation.largest_bytes })
      await sendPhoto(invitation, sent, setShare)
      return showPhoto(invitation.upload_id)
    },
    onMutate: () => setShare(0),
    onSuccess: async () => {
      await refresh()
      setChosen(null)
      void notify(text.done)
    },
  })
  const remove = useMutation({
    mutationFn: removePhoto,
    onSuccess: async () => {
      setAsking(false)
      await refresh()
      void notify(text.removed)
    },
  })
  const pick = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.[0]
    // The same file chosen again is a choice as well.
    currentTarget.value = ''
    send.reset()
    if (file) read.mutate(file)
  }
  const discard = () => {
    send.reset()
    setChosen(null)
  }
  if (!me) return null
  const failure = read.error ?? send.error
  const choose = () => input.current?.click()
  return (
    <section className="card pad stack" aria-label={text.title}>
      <input ref={input} type="file" accept={KINDS} hidden onChange={pick} aria-label={text.choose} />
      <div className={styles.photo}>
        {chosen ? <Preview picture={chosen.picture} /> : <Avatar name={me.name} photo={me.photo_url} size="large" />}
        <div className="stack tight">
          <h2 className={styles.title}>{text.title}</h2>
          <p className="soft small">{chosen ? text.preview : `${text.seenBy[me.role as Role]} ${text.hint}`}</p>
        </div>
      </div>
      {send.isPending && <Progress share={share} />}
      {failure && (
        <Note tone="red" role="alert">
          {reasonOf(failure)}
        </Note>
      )}
      <div className="row wrap">
        {chosen ? (
          <>
            <Button busy={send.isPending} onClick={() => send.mutate(chosen)}>
              {text.upload}
            </Button>
            {!send.isPending && (
              <Button look="quiet" onClick={discard}>
                {text.discard}
              </Button>
            )}
          </>
        ) : (
          <Button look="outline" busy={read.isPending} icon={<IconCamera size={20} aria-hidden="true" />} onClick={choose}>
            {me.photo_url ? text.other : text.choose}
          </Button>
        )}
        {!chosen && me.photo_url && (
          <Button look="quiet" icon={<IconTrash size={20} aria-hidden="true" />} onClick={() => setAsking(true)}>
            {text.remove}
          </Button>
        )}
      </div>
      <Ask
        opened={asking}
        title={text.removeAsk.title}
        keep={text.removeAsk.keep}
        go={text.removeAsk.go}
        danger
        error={remove.error}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onGo={() => remove.mutate()}
      >
        <p className="soft">{text.removeAsk.text}</p>
      </Ask>
    </section>
  )
}

function Preview({ picture }: { picture: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current) paintSquare(canvas.current, picture)
  }, [picture])
  return <canvas ref={canvas} width={240} height={240} className={styles.preview} aria-hidden="true" />
}

function Progress({ share }: { share: number }) {
  const percent = Math.round(share * 100)
  return (
    <div>
      <progress className={styles.progress} max={100} value={percent} aria-label={text.working} />
      <p className="small muted" role="status">
        {percent < 100 ? text.progress(percent) : text.working}
      </p>
    </div>
  )
}
