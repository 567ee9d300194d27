import { useNavigate, useRouter, type NavigateOptions } from '@tanstack/react-router'
import { useEffect, useRef, type AnchorHTMLAttributes, type MouseEvent, type ReactNode } from 'react'

/** Leads on to an address of this site with all that belongs to it, in place of the present page. */
export function GoTo({ href }: { href: string }) {
  const { history } = useRouter()
  useEffect(() => history.replace(href), [history, href])
  return null
}

/** A link to an address of this site that is known only as text. */
export function LinkTo({ href, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; children: ReactNode }) {
  const { history } = useRouter()
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    history.push(href)
  }
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  )
}

/** Leads on to a page, once: the router's own component goes again with each render, for ever if the page takes a moment to load. */
export function Redirect(options: NavigateOptions) {
  const navigate = useNavigate()
  const first = useRef(options)
  useEffect(() => void navigate({ ...first.current, replace: true }), [navigate])
  return null
}
