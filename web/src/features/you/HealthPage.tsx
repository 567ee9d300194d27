import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { dependantsQuery } from '@/shared/api/dependants'
import { medicalQuery } from '@/shared/api/own'
import { usePerson } from '@/shared/auth'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { Note } from '@/shared/ui/Note'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { HealthForm } from './HealthForm'
import { SectionHead } from './SectionHead'

const route = getRouteApi('/_own/you/health')
const text = words.you.health

export function HealthPage() {
  const { for: chosen } = route.useSearch()
  const navigate = route.useNavigate()
  const { me } = usePerson()
  const dependants = useQuery(dependantsQuery)
  const medical = useQuery(medicalQuery(chosen))
  const slow = useSlow(medical.isPending)
  const whose = dependants.data?.find(({ id }) => id === chosen)
  return (
    <div className="stack loose">
      <SectionHead title={text.title} lead={text.lead} />
      {dependants.data && dependants.data.length > 0 && (
        <NativeSelect
          label={text.forWhom}
          value={chosen ?? ''}
          onChange={({ currentTarget: { value } }) => void navigate({ search: value ? { for: value } : {}, replace: true })}
          data={[{ value: '', label: text.me(me?.name ?? '') }, ...dependants.data.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      {medical.error && !medical.data && <Failure error={medical.error} onRetry={() => void medical.refetch()} />}
      {slow && <Bar width="100%" height={480} round={18} />}
      {medical.data && <HealthForm key={chosen ?? 'me'} profile={medical.data} dependant={chosen} />}
      <Note title={text.whoTitle}>{whose ? text.whoOther(whose.name) : text.who}</Note>
    </div>
  )
}
