import { useNavigate, useRouter, type NavigateOptions } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** Leads on to an address of this site with all that belongs to it, in place of the present page. */
export function GoTo({ href }: { href: string }) {
  const { history } = useRouter()
  useEffect(() => history.replace(href), [history, href])
  return null
}

/** Leads on to a page, once: the router's own component goes again with each render, for ever if the page takes a moment to load. */
export function Redirect(options: NavigateOptions) {
  const navigate = useNavigate()
  const first = useRef(options)
  useEffect(() => void navigate({ ...first.current, replace: true }), [navigate])
  return null
}
