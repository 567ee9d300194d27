import { useEffect } from 'react'
import { words } from '@/shared/text'

let current = ''
let arrived = false
const listeners = new Set<() => void>()

/** The title of the page that was gone to. Empty for the first: that one the browser has announced. */
export const pageTitle = {
  read: () => current,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** What the browser's tab and a screen reader's list of windows say. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} – ${words.common.product}` : words.common.product
    if (arrived) {
      current = title
      for (const listener of listeners) listener()
    }
    arrived = true
  }, [title])
}
