import { IconCash, IconCheck, IconHourglass, IconVideo, IconX } from '@tabler/icons-react'
import type { Appointment } from '@/shared/api/types'
import { badgesOf, type BadgeIcon, type BadgeOf } from '@/shared/format/status'
import { Badge } from './Badge'

const icons: Record<BadgeIcon, typeof IconCheck> = { check: IconCheck, cross: IconX, hourglass: IconHourglass, money: IconCash, video: IconVideo }

export function OneBadge({ badge }: { badge: BadgeOf }) {
  const Icon = icons[badge.icon]
  return (
    <Badge tone={badge.tone} icon={<Icon aria-hidden="true" />}>
      {badge.text}
    </Badge>
  )
}

export function AppointmentBadges({ appointment }: { appointment: Appointment }) {
  return (
    <div className="row wrap" style={{ gap: 8 }}>
      {badgesOf(appointment).map((badge) => (
        <OneBadge key={badge.text} badge={badge} />
      ))}
    </div>
  )
}
