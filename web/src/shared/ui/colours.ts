/** Light, dark, or as the device is set: kept on this device only, and set before the first paint by color-scheme.js. */
import { useSyncExternalStore } from 'react'

export type Colours = 'auto' | 'light' | 'dark'

const KEPT = 'mantine-color-scheme-value'
const ATTRIBUTE = 'data-mantine-color-scheme'

const listeners = new Set<() => void>()
const dark = typeof window === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)')
let chosen = kept()

function kept(): Colours {
  try {
    const value = localStorage.getItem(KEPT)
    return value === 'light' || value === 'dark' ? value : 'auto'
  } catch {
    return 'auto'
  }
}

function show(): void {
  const seen = chosen === 'auto' ? (dark?.matches ? 'dark' : 'light') : chosen
  document.documentElement.setAttribute(ATTRIBUTE, seen)
}

export function readColours(): Colours {
  return chosen
}

export function chooseColours(colours: Colours): void {
  chosen = colours
  try {
    localStorage.setItem(KEPT, colours)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  show()
  for (const listener of listeners) listener()
}

export function subscribeToColours(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useColours(): Colours {
  return useSyncExternalStore(subscribeToColours, readColours, readColours)
}

dark?.addEventListener('change', show)
if (typeof window !== 'undefined')
  window.addEventListener('storage', ({ key }) => {
    if (key !== KEPT) return
    chosen = kept()
    show()
    for (const listener of listeners) listener()
  })
