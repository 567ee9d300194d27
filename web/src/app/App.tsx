import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Suspense, useSyncExternalStore } from 'react'
import { lazyPart } from '@/shared/ui/lazyPart'
import { noticesWanted } from '@/shared/ui/notify'
import { queryClient } from './queries'
import { router } from './router'

const Notices = lazyPart(async () => (await import('./Notices')).Notices)

function NoticesWhenWanted() {
  const wanted = useSyncExternalStore(noticesWanted.subscribe, noticesWanted.read, noticesWanted.read)
  return wanted ? (
    <Suspense fallback={null}>
      <Notices />
    </Suspense>
  ) : null
}

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <NoticesWhenWanted />
    </QueryClientProvider>
  )
}
