import { useEffect } from 'react'
import { words } from '@/shared/text'

/** What the browser's tab and a screen reader's list of windows say. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} – ${words.common.product}` : words.common.product
  }, [title])
}
