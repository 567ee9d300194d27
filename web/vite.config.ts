import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { DEFAULT_THEME, convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { theme } from './src/app/theme.ts'

const server = process.env.OPENHOURS_SERVER ?? 'http://127.0.0.1:8000'

/** The theme's CSS variables as a file: Mantine would otherwise write a style tag at run time, which a strict content security policy refuses. */
function themeVariables(): Plugin {
  const id = 'virtual:theme-variables.css'
  return {
    name: 'theme-variables',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) =>
      source === `\0${id}` ? convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme))) : null,
  }
}

const FIRST_PAGES = ['/landing/LandingPage.tsx', '/find/FindPage.tsx', '/doctor/DoctorPage.tsx']
const BUDGET = 200_000

/** What a first visit loads of scripts, gzipped: a build that asks more of a slow line than promised is none. */
function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
      const of = (module: string) => chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module))
      const size = (module: string) => {
        const needed = new Set<string>()
        const visit = (file: string | undefined) => {
          const chunk = file === undefined ? undefined : bundle[file]
          if (chunk?.type !== 'chunk' || needed.has(chunk.fileName)) return
          needed.add(chunk.fileName)
          chunk.imports.forEach(visit)
        }
        ;['/index.html', '/app/start.tsx', '/text/de/first.ts', module].map(of).forEach((chunk) => visit(chunk?.fileName))
        const loaded = chunks.filter(({ fileName }) => needed.has(fileName))
        const ready = Object.keys(of('/text/en/first.ts')?.modules ?? {}).map((file) => basename(file, '.ts'))
        for (const file of loaded.flatMap(({ modules }) => Object.keys(modules)).filter((file) => /\/src\/(app|features|shared)\/.*\.tsx?$/.test(file)))
          for (const [, area = ''] of readFileSync(file, 'utf8').matchAll(/\bwords\.(\w+)/g))
            if (!ready.includes(area)) this.error(`${file} says words.${area} on a first visit: move it from rest.ts to first.ts of each language`)
        return loaded.reduce((sum, { code }) => sum + gzipSync(code).length, 0)
      }
      for (const module of FIRST_PAGES) {
        const bytes = size(module)
        this.info(`a first visit to ${module} loads ${(bytes / 1000).toFixed(1)} kB of scripts, gzipped`)
        if (!of(module) || !of('/text/de/first.ts') || bytes > BUDGET) this.error(`${module}: ${bytes} bytes of scripts on a first visit, and ${BUDGET} are allowed`)
      }
    },
  }
}

/** A .br beside each text file, which the server sends to browsers that take it. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir
    },
    closeBundle: () => {
      for (const file of globSync(`${folder}/**/*.{js,css,html,svg}`)) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)))
    },
  }
}

/** What `main.tsx` loads only when it runs, named in the page already: the browser fetches it meanwhile. */
function started(): Plugin {
  return {
    name: 'started',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const scripts = new Set<string>()
        const styles = new Set<string>()
        const visit = (file: string) => {
          const chunk = bundle[file]
          if (scripts.has(file) || chunk?.type !== 'chunk') return
          scripts.add(file)
          chunk.viteMetadata?.importedCss.forEach((each) => styles.add(each))
          chunk.imports.forEach(visit)
        }
        Object.values(bundle)
          .filter((chunk) => chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/src/app/start.tsx'))
          .forEach(({ fileName }) => visit(fileName))
        const link = (rel: string, files: Set<string>) =>
          [...files].filter((file) => !html.includes(file)).map((file) => ({ tag: 'link', attrs: { rel, crossorigin: true, href: `/${file}` }, injectTo: 'head' as const }))
        return [...link('modulepreload', scripts), ...link('stylesheet', styles)]
      },
    },
  }
}

export default defineConfig({
  plugins: [react(), themeVariables(), started(), budget(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // A data: address for a small picture or font would need a wider content security policy.
    assetsInlineLimit: 0,
    // Without groups every icon and every shared part becomes a file of its own, and a slow line pays for each.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'words', test: /src\/shared\/text\/(index|language|load)\.ts/ },
            { name: 'icons', test: /@tabler/, minShareCount: 2 },
            // Nor should the first page bring the parts that only choosing a time, a person or a wait needs.
            { name: 'common', test: /src\/shared\/(?!slots|people|waiting)/, minShareCount: 20 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/simulator': server, '/photos': server, '/unsubscribe': server } },
  preview: { proxy: { '/api': server, '/simulator': server, '/photos': server, '/unsubscribe': server } },
  test: { environment: 'node', include: ['src/**/*.test.ts'], setupFiles: ['src/setup-tests.ts'] },
} as Parameters<typeof defineConfig>[0])
