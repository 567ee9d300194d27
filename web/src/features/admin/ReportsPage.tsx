import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IconFlag } from '@tabler/icons-react'
import { closeReport, reportsQuery } from '@/shared/api/admin'
import { Closing } from '@/shared/api/limits'
import type { Report } from '@/shared/api/types'
import { useZone } from '@/shared/auth'
import { words } from '@/shared/text'
import { Button, ButtonLink } from '@/shared/ui/Button'
import { Ask } from './Ask'
import { Head, Segments } from './Head'
import { Item } from './Item'
import { Paged } from './Paged'
import { REPORT_STATES } from './search'
import styles from './admin.module.css'
import { useDeed } from './useDeed'
import { whenText } from './when'

const route = getRouteApi('/_staff/admin/reports')
const text = words.oversight.reports

export function ReportsPage() {
  const { show = 'open' } = route.useSearch()
  const reports = useInfiniteQuery(reportsQuery(show))
  return (
    <>
      <Head title={text.title} lead={text.lead} times>
        <Segments choices={REPORT_STATES.map((state) => ({ value: state, label: text.tabs[state] }))} chosen={show} />
      </Head>
      <div className="stack">
        <Paged list={reports} empty={text.empty[show]}>
          {(items) => (
            <ul className={`card ${styles.list ?? ''}`}>
              {items.map((report) => (
                <ReportItem key={report.id} report={report} />
              ))}
            </ul>
          )}
        </Paged>
      </div>
    </>
  )
}

function ReportItem({ report }: { report: Report }) {
  const zone = useZone()
  const [asking, { open, close }] = useDisclosure(false)
  const deed = useDeed((note: string, key) => closeReport(report.id, note, key), { said: () => text.done, then: close })
  const from = report.reporter_id ? text.by[report.reporter_role] : text.gone
  return (
    <Item
      icon={IconFlag}
      tone={report.state === 'open' ? 'amber' : undefined}
      title={`${text.about[report.about]}, ${from}`}
      meta={[whenText(report.created_at, zone), report.closed_at && text.closed(whenText(report.closed_at, zone))].filter(Boolean).join('. ')}
      actions={
        <>
          {report.appointment_id && (
            <ButtonLink look="quiet" size="small" to="/admin/visits/$appointmentId" params={{ appointmentId: report.appointment_id }}>
              {text.visit}
            </ButtonLink>
          )}
          {report.state === 'open' && (
            <Button look="outline" size="small" aria-label={text.closeName(report.text.slice(0, 60))} onClick={open}>
              {text.close}
            </Button>
          )}
        </>
      }
    >
      <p className={styles.written}>{report.text}</p>
      {report.note && <p className={`soft ${styles.written ?? ''}`}>{report.note}</p>}
      <Ask
        opened={asking}
        onClose={close}
        question={{ ...text.ask, reason: text.note, longest: Closing.note.maxLength }}
        busy={deed.isPending}
        error={deed.error}
        onGo={(note) => deed.mutate(note)}
      />
    </Item>
  )
}
