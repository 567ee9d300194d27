import { ColoursChoice, LanguageChoice } from '@/shared/ui/Preferences'

/** How the pages read and look on this device. */
export function Appearance() {
  return (
    <div className="card pad stack tight">
      <LanguageChoice />
      <ColoursChoice />
    </div>
  )
}
