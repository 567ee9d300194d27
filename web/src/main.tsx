import '@fontsource-variable/figtree/index.css'
import '@fontsource/bricolage-grotesque/600.css'
import '@/shared/ui/styles/tokens.css'
import '@/shared/ui/styles/base.css'
import { language } from '@/shared/text/language'
import { loadWords } from '@/shared/text/load'
import { pause } from '@/shared/pause'
import { askFirst } from './first'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has lost its root element')
document.documentElement.lang = language
askFirst(location)

async function begin(root: HTMLElement): Promise<void> {
  await loadWords()
  await import('@/app/engine')
  await pause()
  const { start } = await import('@/app/start')
  await start(root)
}

begin(root).catch(() => {
  // Whoever has chosen a language waits for the page in it, which will not come.
  delete document.documentElement.dataset.otherLanguage
  root.removeAttribute('aria-busy')
  // Without words there is no page to say it in, so in every language there is.
  root.innerText = 'Openhours could not be loaded. Please load the page again.\nOpenhours konnte nicht geladen werden. Bitte laden Sie die Seite neu.'
})
