import { describe, expect, it } from 'vitest'
import { de } from './de'
import { en } from './en'

/** Names, shapes of a number, and the few words that both languages share. */
const SAME = new Set(['Openhours', 'Name', '.', '3 %', '3%', 'Filter', 'Patient', '3, 3', '3 → 3', '3: 3', '3 3', '–', ''])

type Node = [path: string, value: unknown]

function leaves(value: unknown, path = ''): Node[] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path ? `${path}.${key}` : key))
}

/** What it says; a sentence about something, of a stand-in for it. */
function said(value: unknown): string {
  if (typeof value !== 'function') return String(value)
  return JSON.stringify((value as (...about: unknown[]) => unknown)(...Array.from({ length: Math.max(1, value.length) }, () => '3')))
}

// Places and terms are those that differ, so English has none.
const differing = (path: string) => path.startsWith('places.') || path.startsWith('terms.')
const english = new Map(leaves(en).filter(([path]) => !differing(path)))
const catalogues = { de: new Map(leaves(de).filter(([path]) => !differing(path))) }

describe.each(Object.entries(catalogues))('the catalogue %s', (_, catalogue) => {
  it('has every word that English has, and no other', () => {
    expect([...catalogue.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('takes nothing over from English by accident', () => {
    const same = [...catalogue].filter(([path, value]) => said(value) === said(english.get(path)) && !SAME.has(said(value).replaceAll('"', '')))
    expect(same.map(([path, value]) => `${path}: ${said(value)}`)).toEqual([])
  })
})
