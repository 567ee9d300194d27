import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { forgetEarly } from '@/shared/api/early'
import { refreshSession } from '@/shared/auth'
import { bringFonts } from '@/shared/ui/fonts'
import { App } from './App'
import { firstAnswers } from './firstAnswers'
import { takeOver } from './outline'
import { router } from './router'

/** How long the page as the server drew it may stand in for the one that works, while answers are on their way. */
const PATIENCE = 2_500

/** Begins once the words are there: every module from here on may use them as it loads. */
export async function start(root: HTMLElement): Promise<void> {
  void refreshSession()
  if (root.hasChildNodes()) await Promise.race([Promise.all([router.load(), firstAnswers(location)]), new Promise((done) => setTimeout(done, PATIENCE))])
  const handOn = takeOver(root)
  flushSync(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  )
  handOn()
  forgetEarly()
  // Not before the page has been painted: its headings would be painted twice, and count as late.
  requestAnimationFrame(() => setTimeout(bringFonts))
}
