import '@fontsource-variable/figtree/index.css'
import '@fontsource/bricolage-grotesque/600.css'
import '@/shared/ui/styles/mantine.css'
import 'virtual:theme-variables.css'
import '@/shared/ui/styles/tokens.css'
import '@/shared/ui/styles/base.css'
import '@/shared/ui/styles/fields.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '@/app/App'
import { refreshSession } from '@/shared/auth'

void refreshSession()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has lost its root element')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
