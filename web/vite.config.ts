import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { budget } from './bundle/budget.ts'
import { chunkNames } from './bundle/chunks.ts'
import { firstPages } from './bundle/pages.ts'
import { themeVariables } from './bundle/theme.ts'

const server = process.env.OPENHOURS_SERVER ?? 'http://127.0.0.1:8000'

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

export default defineConfig({
  plugins: [react(), themeVariables(), firstPages(), budget(), compressed()],
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
            { name: 'main', test: /rolldown\/runtime/, priority: 3 },
            { name: chunkNames(import.meta.dirname), priority: 2, includeDependenciesRecursively: false },
            { name: 'icons', test: /@tabler/, minShareCount: 2 },
            { name: 'mantine', test: /@mantine\/(core|hooks)/, minShareCount: 3 },
            { name: 'common', test: /src\/shared\//, minShareCount: 8 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/simulator': server, '/photos': server, '/unsubscribe': server } },
  preview: { proxy: { '/api': server, '/simulator': server, '/photos': server, '/unsubscribe': server } },
  test: { environment: 'node', include: ['src/**/*.test.ts'], setupFiles: ['src/setup-tests.ts'] },
} as Parameters<typeof defineConfig>[0])
