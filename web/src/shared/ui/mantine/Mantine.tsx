/** What Mantine's components need around them. It comes with the first part that uses one: a first visit does without. */
import './parts.css'
import 'virtual:theme-variables.css'
import './fields.css'
import { MantineContext, MantineProvider } from '@mantine/core'
import { useContext, useState, type ReactNode } from 'react'
import { manager } from './manager'
import { theme } from './theme'

export function Mantine({ children }: { children: ReactNode }) {
  const [colours] = useState(manager)
  if (useContext(MantineContext)) return children
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colours} withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  )
}
