import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Suspense, lazy, useSyncExternalStore } from 'react'
import { noticesWanted } from '@/shared/ui/notify'
import { queryClient } from './queries'
import { router } from './router'
import { theme } from './theme'

const Notices = lazy(async () => ({ default: (await import('./Notices')).Notices }))

function NoticesWhenWanted() {
  const wanted = useSyncExternalStore(noticesWanted.subscribe, noticesWanted.read)
  return wanted ? (
    <Suspense fallback={null}>
      <Notices />
    </Suspense>
  ) : null
}

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <NoticesWhenWanted />
      </QueryClientProvider>
    </MantineProvider>
  )
}
