import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, type Rolldown } from 'vite'
import { DRAWN, FIRST_PAGES, INTRODUCED, LANGUAGES } from './first.ts'
import { themeVariables } from './theme.ts'

export interface Drawing {
  html: string
  title: string
}

/** The first pages in every language, by `name.language`: what React makes of them before anything is known. */
export async function draw(root: string): Promise<Map<string, Drawing>> {
  const built = (await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [react(), themeVariables()],
    resolve: { alias: { '@': join(root, 'src') } },
    ssr: { noExternal: true },
    build: { ssr: DRAWN, write: false, minify: false, assetsInlineLimit: 0, rolldownOptions: { output: { codeSplitting: false } } },
  })) as Rolldown.RolldownOutput
  const folder = mkdtempSync(join(tmpdir(), 'openhours-'))
  const drawings = new Map<string, Drawing>()
  try {
    const file = join(folder, 'drawn.mjs')
    writeFileSync(file, built.output[0].code)
    for (const language of LANGUAGES) {
      process.env.OUTLINE_LANGUAGE = language
      for (const { name, path } of [...FIRST_PAGES, INTRODUCED]) {
        // A module of its own for each: words and addresses are chosen as it loads.
        const drawn = (await import(`${pathToFileURL(file).href}?${language}-${name}`)) as { draw: (path: string, introduced: boolean) => Promise<Drawing> }
        drawings.set(`${name}.${language}`, await drawn.draw(path, name === INTRODUCED.name))
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return drawings
}
