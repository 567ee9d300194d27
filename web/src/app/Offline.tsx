import { IconWifiOff } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { words } from '@/shared/text'
import styles from './app.module.css'

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Says that the device has no connection, for as long as it has none. What failed to load is asked for again when it is back. */
export function Offline() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine, () => true)
  return (
    <div role="status">
      {!online && (
        <p className={styles.offline}>
          <IconWifiOff size={20} aria-hidden="true" />
          {words.common.offline}
        </p>
      )}
    </div>
  )
}
