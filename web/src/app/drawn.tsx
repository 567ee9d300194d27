/** Draws the first pages before anybody reads them, for the server to send: run by the build, once for each language. */
import { createMemoryHistory } from '@tanstack/react-router'
import { renderToString } from 'react-dom/server'
import type { DoctorDetail } from '@/shared/api/types'
import { loadWords } from '@/shared/text/load'

const NAME = '{{name}}'

export async function draw(path: string, introduced: boolean): Promise<{ html: string; title: string }> {
  await loadWords()
  const { App } = await import('./App')
  const { router } = await import('./router')
  const { words } = await import('@/shared/text')
  const { queryClient } = await import('./queries')
  const { doctorQuery } = await import('@/shared/api/public')
  // All that the server knows of a doctor when it sends the page.
  if (introduced) queryClient.setQueryData(doctorQuery(path.split('/').at(-1) ?? '').queryKey, { name: NAME } as DoctorDetail)
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [path] }) })
  await router.load()
  const titles: Record<string, string> = { '/': words.landing.title, '/doctors': words.find.title }
  const title = introduced ? NAME : titles[path]
  // The router's own script would be refused by the policy, and is for scrolling alone.
  const html = renderToString(<App />).replace(/<script\b.*?<\/script>/gs, '')
  return { html, title: title ? `${title} – ${words.common.product}` : words.common.product }
}
