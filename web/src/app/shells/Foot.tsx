import { ColoursChoice, LanguageChoice } from '@/shared/ui/Preferences'
import styles from './shells.module.css'

/** Below every page: what a reader may set, whoever they are. */
export function Foot() {
  return (
    <footer className={styles.foot}>
      <div>
        <LanguageChoice />
        <ColoursChoice />
      </div>
    </footer>
  )
}
