import type { Plugin } from 'vite'
import { closure, stylesOf } from './closure.ts'
import { START } from './first.ts'

/** What `main.tsx` loads only when it runs, named in the page already: the browser fetches it meanwhile. */
export function firstVisit(): Plugin {
  return {
    name: 'first-visit',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const chunks = closure(bundle, [START])
        const link = (rel: string, files: string[]) =>
          files.filter((file) => !html.includes(file)).map((file) => ({ tag: 'link', attrs: { rel, crossorigin: true, href: `/${file}` }, injectTo: 'head' as const }))
        return [...link('stylesheet', stylesOf(chunks)), ...link('modulepreload', chunks.map(({ fileName }) => fileName))]
      },
    },
  }
}
