import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { adminDoctorsQuery } from '@/shared/api/admin'
import { words } from '@/shared/text'
import { DoctorTable } from './DoctorTable'
import { Head, Segments } from './Head'
import { Paged } from './Paged'
import { STATUSES } from './search'

const route = getRouteApi('/_staff/admin/doctors')
const text = words.admin.doctors

export function DoctorsPage() {
  const { show = 'pending' } = route.useSearch()
  const doctors = useInfiniteQuery(adminDoctorsQuery(show))
  return (
    <>
      <Head title={text.title} lead={text.lead} times>
        <Segments choices={STATUSES.map((status) => ({ value: status, label: text.tabs[status] }))} chosen={show} />
      </Head>
      <section className="stack" aria-labelledby="doctors">
        <h2 id="doctors">{text.heading[show]}</h2>
        <Paged list={doctors} empty={text.empty[show]}>
          {(items) => <DoctorTable doctors={items} />}
        </Paged>
      </section>
    </>
  )
}
