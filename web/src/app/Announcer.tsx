import { useSyncExternalStore } from 'react'
import { pageTitle } from '@/shared/ui/PageTitle'

/** Tells a screen reader which page has come: a page that is not loaded anew says nothing by itself. */
export function Announcer() {
  const title = useSyncExternalStore(pageTitle.subscribe, pageTitle.read, pageTitle.read)
  return (
    <p className="sr" aria-live="polite">
      {title}
    </p>
  )
}
