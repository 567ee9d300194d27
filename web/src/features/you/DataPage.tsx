import { useMutation } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { exportData } from '@/shared/api/own'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { notify } from '@/shared/ui/notify'
import { saveFile } from '@/shared/ui/save'
import { EraseDialog } from './EraseDialog'
import { SectionHead } from './SectionHead'
import styles from './you.module.css'

const text = words.you.data

export function DataPage() {
  const { me } = usePerson()
  const [asking, setAsking] = useState(false)
  const take = useMutation({
    mutationFn: exportData,
    onSuccess: (everything) => {
      saveFile(new Blob([JSON.stringify(everything, null, 2)], { type: 'application/json' }), text.file)
      void notify(text.exported)
    },
  })
  const role = me?.role === 'doctor' ? 'doctor' : 'patient'
  return (
    <div className="stack loose">
      <SectionHead title={text.title} />
      <section className="card pad stack">
        <div>
          <h2 className={styles.cardTitle}>{text.exportTitle}</h2>
          <p className="soft">{text.exportText}</p>
        </div>
        {take.error && <Failure error={take.error} />}
        <div>
          <Button look="outline" icon={<IconDownload size={20} aria-hidden="true" />} busy={take.isPending} onClick={() => take.mutate()}>
            {text.export}
          </Button>
        </div>
      </section>
      <section className="card pad stack">
        <div>
          <h2 className={styles.cardTitle}>{text.eraseTitle}</h2>
          <p className="soft">{text.eraseText}</p>
        </div>
        <Points title={text.goes} points={text.goesList[role]} />
        <Points title={text.stays} points={text.staysList[role]} />
        <p className="soft">{text.when}</p>
        <div>
          <Button look="dangerOutline" onClick={() => setAsking(true)}>
            {text.erase}
          </Button>
        </div>
      </section>
      {asking && me && <EraseDialog email={me.email} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <div>
      <h3 className={styles.pointsTitle}>{title}</h3>
      <ul className={styles.list}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  )
}
