import { StrictMode, startTransition, useInsertionEffect, useLayoutEffect, type ReactNode } from 'react'
import { createRoot } from './engine'
import { forgetEarly } from '@/shared/api/early'
import { refreshSession } from '@/shared/auth'
import { pause } from '@/shared/pause'
import { bringFonts } from '@/shared/ui/fonts'
import { App } from './App'
import { firstAnswers } from './firstAnswers'
import { takeOver } from './outline'
import { router } from './router'

/** How long the page as the server drew it may stand in for the one that works, while answers are on their way. */
const PATIENCE = 2_500

interface Arrival {
  /** The page is made, and nothing of it has been looked at: it may be put where it belongs. */
  onMade: () => void
  onArrived: () => void
  children: ReactNode
}

function Arriving({ onMade, onArrived, children }: Arrival) {
  useInsertionEffect(onMade, [onMade])
  useLayoutEffect(onArrived, [onArrived])
  return children
}

/** The page is made beside the outline, a little at a time so that the outline scrolls and takes what is typed meanwhile, and takes its place at once. */
async function arrive(outline: HTMLElement): Promise<void> {
  const page = document.createElement('div')
  let handOn: (() => void) | undefined
  await new Promise<void>((arrived, failed) => {
    const root = createRoot(page, {
      onUncaughtError: (error) => {
        failed(error instanceof Error ? error : new Error(String(error)))
        reportError(error)
      },
    })
    const takePlace = () => {
      handOn ??= takeOver(outline, page)
    }
    startTransition(() =>
      root.render(
        <StrictMode>
          <Arriving onMade={takePlace} onArrived={arrived}>
            <App />
          </Arriving>
        </StrictMode>,
      ),
    )
  })
  handOn?.()
}

/** Begins once the words are there: every module from here on may use them as it loads. */
export async function start(outline: HTMLElement): Promise<void> {
  void refreshSession()
  if (outline.hasChildNodes()) await Promise.race([Promise.all([router.load(), firstAnswers(location)]), new Promise((done) => setTimeout(done, PATIENCE))])
  await pause()
  await arrive(outline)
  forgetEarly()
  // Not before the page has been painted: its headings would be painted twice, and count as late.
  requestAnimationFrame(() => setTimeout(() => void bringFonts().catch(() => undefined)))
}
