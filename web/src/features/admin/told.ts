import type { ReactNode } from 'react'

export type Fact = readonly [label: string, value: ReactNode]

/** Those that say something: what is empty, or not known, has no line. */
export function told(facts: Fact[]): Fact[] {
  return facts.filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
}
