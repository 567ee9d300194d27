import { words } from '@/shared/text'
import { Appearance } from './Appearance'
import { SectionHead } from './SectionHead'

export function LookPage() {
  return (
    <div className="stack loose">
      <SectionHead title={words.you.look.title} />
      <Appearance />
    </div>
  )
}
