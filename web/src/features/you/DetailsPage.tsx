import { useQuery } from '@tanstack/react-query'
import { profileQuery } from '@/shared/api/mine'
import { words } from '@/shared/text'
import { Failure } from '@/shared/ui/Failure'
import { PhotoCard } from '@/shared/ui/PhotoCard'
import { Bar, useSlow } from '@/shared/ui/Skeleton'
import { DetailsForm } from './DetailsForm'
import { SectionHead } from './SectionHead'

export function DetailsPage() {
  const profile = useQuery(profileQuery)
  const slow = useSlow(profile.isPending)
  return (
    <div className="stack loose">
      <SectionHead title={words.you.details.title} />
      {profile.error && !profile.data && <Failure error={profile.error} onRetry={() => void profile.refetch()} />}
      {slow && <Bar width="100%" height={420} round={18} />}
      {profile.data && (
        <>
          <PhotoCard />
          <DetailsForm profile={profile.data} key={profile.data.id} />
        </>
      )}
    </div>
  )
}
