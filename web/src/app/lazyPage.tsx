import { lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { loadOtherWords } from '@/shared/text/load'

/**
 * A page that is loaded when it is gone to, after the words that it may use and with what Mantine's components need.
 * The pages of a first visit do without those.
 */
export const lazyPage: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(async () => {
    const [{ Mantine }, pages] = await Promise.all([import('@/shared/ui/mantine/Mantine'), loadOtherWords().then(importer)])
    const Page = pages[name ?? 'default'] as ComponentType
    const Provided = () => (
      <Mantine>
        <Page />
      </Mantine>
    )
    return { ...pages, [name ?? 'default']: Provided }
  }, name)
