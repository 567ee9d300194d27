/** What Mantine's components need around them. It comes with the first part that uses one: a first visit does without. */
import './parts.css'
import 'virtual:theme-variables.css'
import './fields.css'
import { MantineContext, MantineProvider, type MantineColorSchemeManager } from '@mantine/core'
import { useContext, type ReactNode } from 'react'
import { chooseColours, readColours, subscribeToColours } from '../colours'
import { theme } from './theme'

let leave: () => void = () => undefined

const colours: MantineColorSchemeManager = {
  get: readColours,
  set: chooseColours,
  subscribe: (update) => {
    leave = subscribeToColours(() => update(readColours()))
  },
  unsubscribe: () => leave(),
  clear: () => chooseColours('auto'),
}

export function Mantine({ children }: { children: ReactNode }) {
  if (useContext(MantineContext)) return children
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colours} withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  )
}
