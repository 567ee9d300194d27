import { ColoursChoice, LanguageChoice } from '@/shared/ui/Preferences'
import styles from './you.module.css'

/** How the pages read and look on this device. */
export function Appearance() {
  return (
    <div className={`card pad stack tight ${styles.appearance ?? ''}`}>
      <LanguageChoice />
      <ColoursChoice />
    </div>
  )
}
