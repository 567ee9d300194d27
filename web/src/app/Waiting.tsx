import { words } from '@/shared/text'
import { Bar, Coming, useSlow } from '@/shared/ui/Skeleton'

/** The outline of a page that is on its way. */
export function Waiting() {
  const slow = useSlow(true)
  return (
    <div className="page stack" aria-busy="true">
      {slow && (
        <>
          <Coming />
          <p className="sr" role="status">
            {words.common.loading}
          </p>
          <Bar width="min(320px, 70%)" height={38} />
          <Bar width="100%" height={120} round={18} />
          <Bar width="100%" height={120} round={18} />
        </>
      )}
    </div>
  )
}
