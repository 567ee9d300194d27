import { useQuery } from '@tanstack/react-query'
import { claimsQuery } from '@/shared/api/admin'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { ClaimItem } from './ClaimItem'
import { Head } from './Head'
import styles from './admin.module.css'

const text = words.oversight.claims

export function ClaimsPage() {
  const claims = useQuery(claimsQuery)
  const slow = useSlow(claims.isPending)
  const items = claims.data?.items
  return (
    <>
      <Head title={text.title} lead={text.lead} times />
      <div className="stack">
        {claims.error && <Failure error={claims.error} onRetry={() => void claims.refetch()} />}
        {slow && <Bar width="100%" height={140} round={18} />}
        {items?.length === 0 && <p className="card pad soft">{text.empty}</p>}
        {items && items.length > 0 && (
          <ul className={`card ${styles.list ?? ''}`}>
            {items.map((visit) => (
              <ClaimItem key={visit.id} visit={visit} linked />
            ))}
          </ul>
        )}
      </div>
    </>
  )
}
