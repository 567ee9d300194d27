import type { MantineColorSchemeManager } from '@mantine/core'
import { chooseColours, readColours, subscribeToColours } from '../colours'

/** What a provider of Mantine asks and tells of colours. One for each: several live side by side. */
export function manager(): MantineColorSchemeManager {
  let leave: () => void = () => undefined
  return {
    get: readColours,
    set: chooseColours,
    subscribe: (update) => {
      leave = subscribeToColours(() => update(readColours()))
    },
    unsubscribe: () => leave(),
    clear: () => chooseColours('auto'),
  }
}
