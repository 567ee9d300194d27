import { Link } from '@tanstack/react-router'
import { words } from '@/shared/text'
import { ColoursChoice, LanguageChoice } from '@/shared/ui/Preferences'
import styles from './shells.module.css'

const { about } = words.common

/** Below every page: what a reader may set, whoever they are. */
export function Foot() {
  return (
    <footer className={styles.foot}>
      <div>
        <nav className={styles.footNav} aria-label={words.common.footer}>
          <Link to="/help">{about.help}</Link>
          <Link to="/accessibility">{about.accessibility}</Link>
          <Link to="/privacy">{about.privacy}</Link>
        </nav>
        <LanguageChoice />
        <ColoursChoice />
      </div>
    </footer>
  )
}
