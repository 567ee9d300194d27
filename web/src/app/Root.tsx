import { Outlet, useLocation, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { loadOtherWords } from '@/shared/text/load'
import { Redirect } from '@/shared/ui/GoTo'
import { lazyPart } from '@/shared/ui/lazyPart'
import { usePerson, useSession } from '@/shared/auth'
import { Announcer } from './Announcer'
import { Offline } from './Offline'
import { Progress } from './Progress'

const askAgain = () => import('./Lapsed')
const Lapsed = lazyPart(async () => (await askAgain()).Lapsed)

/** After a step to another page the focus goes to its content, as it would with a page that the browser loads: once it is there. */
function useFocusOnArrival(): void {
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const before = useRef(pathname)
  useEffect(() => {
    const first = before.current === undefined
    if (before.current === pathname) return
    before.current = pathname
    if (!first) document.getElementById('main')?.focus({ preventScroll: true })
  }, [pathname])
}

export function Root() {
  const { pathname, href } = useLocation()
  const { me } = usePerson()
  const { state } = useSession()
  useFocusOnArrival()
  useEffect(() => {
    if (!me) return
    // When it is needed the connection may be gone.
    void askAgain()
    void loadOtherWords()
  }, [me])
  const incomplete = me?.role === 'patient' && !me.phone
  if (incomplete && pathname !== '/welcome' && pathname !== '/new-password') return <Redirect to="/welcome" search={{ return_to: href }} />
  return (
    <>
      <Announcer />
      <Progress />
      <Offline />
      <Outlet />
      {state === 'lapsed' && me && (
        <Suspense fallback={null}>
          <Lapsed me={me} />
        </Suspense>
      )}
    </>
  )
}
