/** What a browser must load before a module runs, as the finished build has it. */
import type { Rolldown } from 'vite'

export type Bundle = Rolldown.OutputBundle
export type Chunk = Rolldown.OutputChunk

/** The script file that a source file went to. */
export function chunkOf(bundle: Bundle, module: string): Chunk | undefined {
  return Object.values(bundle).find((each): each is Chunk => each.type === 'chunk' && each.moduleIds.some((id) => id.endsWith(`/${module}`)))
}

/** The files of these modules and of all that they import, each once, what is needed first last. */
export function closure(bundle: Bundle, modules: readonly string[]): Chunk[] {
  const found = new Map<string, Chunk>()
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk || found.has(chunk.fileName)) return
    found.set(chunk.fileName, chunk)
    for (const file of chunk.imports) {
      const next = bundle[file]
      if (next?.type === 'chunk') visit(next)
    }
  }
  modules.forEach((module) => visit(chunkOf(bundle, module)))
  return [...found.values()]
}

export function stylesOf(chunks: readonly Chunk[]): string[] {
  return [...new Set(chunks.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]))]
}
