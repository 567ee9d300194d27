import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { refreshSession } from '@/shared/auth'
import { App } from './App'

/** Begins once the words are there: every module from here on may use them as it loads. */
export function start(root: HTMLElement): void {
  void refreshSession()
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
