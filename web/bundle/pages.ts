import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { closure, stylesOf, type Bundle } from './closure.ts'
import { draw } from './draw.ts'
import { FIRST_PAGES, INTRODUCED, LANGUAGES, START, wordsOf } from './first.ts'

/** The links for everything that these modules need, but for what the page names already. */
function links(html: string, bundle: Bundle, modules: readonly string[]): string {
  const chunks = closure(bundle, modules)
  const link = (rel: string, files: string[]) => files.filter((file) => !html.includes(file)).map((file) => `<link rel="${rel}" crossorigin${rel === 'modulepreload' ? ' fetchpriority="low"' : ''} href="/${file}">`)
  return [...link('stylesheet', stylesOf(chunks)), ...link('modulepreload', chunks.map(({ fileName }) => fileName))].join('\n    ')
}

function put(html: string, before: string, text: string): string {
  const at = html.indexOf(before)
  if (at < 0) throw new Error(`index.html has no ${before}`)
  return html.slice(0, at) + text + html.slice(at)
}

/** The outline's own sizes as classes of a file: the content security policy refuses style attributes in HTML. */
function classesOf(styles: Map<string, string>, html: string): string {
  return html.replace(/<[^>]* style="[^"]*"[^>]*>/g, (tag) => {
    const [attribute = '', style = ''] = / style="([^"]*)"/.exec(tag) ?? []
    const name = styles.get(style) ?? `outline-${styles.size}`
    styles.set(style, name)
    const bare = tag.replace(attribute, '')
    return bare.includes(' class="') ? bare.replace(' class="', ` class="${name} `) : bare.replace(/^<[a-z]+/, (start) => `${start} class="${name}"`)
  })
}

/** What does nothing without a script cannot be pressed until then. Links and a form's own button lead on by themselves. */
function still(html: string): string {
  return html.replace(/<(?:button(?! [^>]*type="submit")|select|input(?= [^>]*type="(?:radio|range)"))(?= |>)/g, (start) => `${start} disabled`)
}

/**
 * An HTML file for each of the first pages in each language, and `pages.json`, by which the server knows which is whose. Such a file names
 * all that the page will load, so that the browser fetches it at once, and has the page's outline, so that people see it before a script runs.
 */
export function firstPages(): Plugin {
  let root = ''
  return {
    name: 'first-pages',
    apply: 'build',
    configResolved: (config) => {
      root = config.root
    },
    async writeBundle({ dir = '' }, bundle) {
      const index = readFileSync(join(dir, 'index.html'), 'utf8')
      // Scripts after styles: what is seen first needs no script.
      const calm = index.replace(/(<script type="module"|<link rel="modulepreload") /g, '$1 fetchpriority="low" ')
      const plain = put(calm, '</head>', `  ${links(index, bundle, [START])}\n  `)
      writeFileSync(join(dir, 'index.html'), plain)
      mkdirSync(join(dir, 'first'), { recursive: true })
      const styles = new Map<string, string>()
      const drawings = [...(await draw(root))].map(([name, { html, title }]) => [name, { html: still(classesOf(styles, html)), title }] as const)
      const sheet = [...styles].map(([style, name]) => `.${name}{${style}}`).join('\n')
      const outline = `assets/outline-${createHash('sha256').update(sheet).digest('hex').slice(0, 8)}.css`
      writeFileSync(join(dir, outline), sheet)
      for (const { name, module } of [...FIRST_PAGES, INTRODUCED])
        for (const language of LANGUAGES) {
          const { html, title } = new Map(drawings).get(`${name}.${language}`) ?? { html: '', title: '' }
          if (!html.includes('<main') || html.includes('<script') || html.includes(' style=') || html.includes('{{name}}') !== (name === INTRODUCED.name)) this.error(`the outline of ${name} in ${language} is none`)
          const page = put(plain, '</head>', `  ${links(plain, bundle, [wordsOf(language), module])}\n    <link rel="stylesheet" crossorigin href="/${outline}">\n  `)
            .replace('<html lang="en">', `<html lang="${language}">`)
            .replace(/<title>.*<\/title>/, () => `<title>${title}</title>`)
            .replace('<div id="root"></div>', () => `<div id="root" aria-busy="true">${html}</div>`)
          writeFileSync(join(dir, 'first', `${name}.${language}.html`), page)
        }
      const pages = FIRST_PAGES.map(({ name, pattern }) => ({ pattern, name, ...(name === INTRODUCED.of && { introducing: INTRODUCED.name }) }))
      writeFileSync(join(dir, 'first', 'pages.json'), JSON.stringify({ languages: LANGUAGES, pages }))
    },
  }
}
