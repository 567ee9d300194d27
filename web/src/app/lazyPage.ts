import { lazyRouteComponent } from '@tanstack/react-router'
import { loadOtherWords } from '@/shared/text/load'

/** A page that is loaded when it is gone to, after the words that it may use. The pages of a first visit do without those. */
export const lazyPage: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(async () => {
    await loadOtherWords()
    return importer()
  }, name)
