import { lazy, type ComponentType } from 'react'

/** A part that uses Mantine, for a page that does without: both are loaded when the part is first shown. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [{ Mantine }, Part] = await Promise.all([import('./mantine/Mantine'), load()])
    const Provided = (props: Props) => (
      <Mantine>
        <Part {...props} />
      </Mantine>
    )
    return { default: Provided }
  })
}
