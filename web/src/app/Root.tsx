import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Redirect } from '@/shared/ui/GoTo'
import { usePerson } from '@/shared/auth'

/** After a step to another page the focus goes to its content, as it would with a page that the browser loads. */
function useFocusOnArrival(pathname: string): void {
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [pathname])
}

export function Root() {
  const { pathname, href } = useLocation()
  const { me } = usePerson()
  useFocusOnArrival(pathname)
  const incomplete = me?.role === 'patient' && !me.phone
  if (incomplete && pathname !== '/welcome') return <Redirect to="/welcome" search={{ return_to: href }} />
  return <Outlet />
}
