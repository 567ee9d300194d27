import { words } from '@/shared/text'

export function SkipLink() {
  return (
    <a className="skip" href="#main">
      {words.common.skip}
    </a>
  )
}
