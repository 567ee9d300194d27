/**
 * Which script file a module goes to, so that a first visit asks for few files and none that it does not need: a slow line pays for each
 * request and for each byte. What runs at once is one file (`main`), what the whole
 * client stands on two (`libraries`, `base`), what several of the first pages share one,
 * and each of those pages one. Everything else is left to the bundler.
 */
import { FIRST_PAGES, MAIN, START } from './first.ts'

interface Info {
  code: string | null
  importedIds: readonly string[]
}
interface Context {
  getModuleInfo: (id: string) => Info | null
}

const ICONS = '@tabler/icons-react'
// Named in one file, used one by one: whoever imports a name does not need the rest of the file.
const CATALOGUES = [ICONS, '@mantine/core', '@mantine/hooks', '@mantine/form']

function isCatalogue(id: string): boolean {
  return CATALOGUES.some((name) => id.includes(`/node_modules/${name}/`))
}

/** What the module loads before it runs, itself and the icons that it names included. */
function neededBy(entry: string, context: Context, icons: Set<string>): Set<string> {
  const needed = new Set<string>()
  const visit = (id: string) => {
    if (needed.has(id) || isCatalogue(id)) return
    needed.add(id)
    const info = context.getModuleInfo(id)
    if (info?.code?.includes(ICONS)) for (const [name] of info.code.matchAll(/\bIcon[A-Z]\w*/g)) icons.add(name)
    info?.importedIds.forEach(visit)
  }
  visit(entry)
  return needed
}

interface Part {
  modules: Set<string>
  icons: Set<string>
}

function part(entry: string, context: Context): Part {
  const icons = new Set<string>()
  return { modules: neededBy(entry, context, icons), icons }
}

/** The names of groups, for the bundler's `codeSplitting`. */
export function chunkNames(root: string) {
  let main: Part | undefined
  let base: Part | undefined
  let pages: { name: string; part: Part }[] = []
  const has = ({ modules, icons }: Part, id: string) => {
    if (!id.includes(ICONS)) return modules.has(id)
    const name = /\/(\w+)\.mjs$/.exec(id)?.[1] ?? ''
    // What is no icon is what all of them are made with.
    return icons.has(name) || (icons.size > 0 && !name.startsWith('Icon'))
  }
  return (id: string, context: Context): string | null => {
    main ??= part(`${root}/${MAIN}`, context)
    base ??= part(`${root}/${START}`, context)
    if (pages.length === 0) pages = FIRST_PAGES.map(({ name, module }) => ({ name, part: part(`${root}/${module}`, context) }))
    // The catalogues of words, which are in no group, say some of the limits: left to the bundler they would bring a file that no first page needs.
    if (has(main, id) || id.endsWith('/src/shared/api/limits.ts')) return 'main'
    if (has(base, id)) return id.includes('/node_modules/') || id.endsWith('/src/app/engine.ts') ? 'libraries' : 'base'
    const those = pages.filter((each) => has(each.part, id))
    return those.length > 1 ? 'public' : (those[0]?.name ?? null)
  }
}
