import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { chunkOf, closure } from './closure.ts'
import { FIRST_PAGES, MAIN, START } from './first.ts'

const ALLOWED = 200_000
const LONGEST = 'src/shared/text/de/first.ts'

/** What a first visit loads of scripts, gzipped: a build that asks more of a slow line than promised is none. */
export function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      const ready = (chunkOf(bundle, 'src/shared/text/en/first.ts')?.moduleIds ?? []).map((file) => basename(file, '.ts'))
      for (const { module } of FIRST_PAGES) {
        const loaded = closure(bundle, [MAIN, START, LONGEST, module])
        for (const file of loaded.flatMap(({ moduleIds }) => moduleIds).filter((file) => /\/src\/(app|features|shared)\/.*\.tsx?$/.test(file)))
          for (const [, area = ''] of readFileSync(file, 'utf8').matchAll(/\bwords\.(\w+)/g))
            if (!ready.includes(area)) this.error(`${file} says words.${area} on a first visit: move it from rest.ts to first.ts of each language`)
        const bytes = loaded.reduce((sum, { code }) => sum + gzipSync(code).length, 0)
        this.info(`a first visit to ${module} loads ${(bytes / 1000).toFixed(1)} kB of scripts, gzipped, in ${loaded.length} files`)
        if (!chunkOf(bundle, module) || !chunkOf(bundle, LONGEST) || bytes > ALLOWED) this.error(`${module}: ${bytes} bytes of scripts on a first visit, and ${ALLOWED} are allowed`)
      }
    },
  }
}
