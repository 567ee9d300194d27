/** Every word that the pages say, by area. `main.tsx` loads the catalogue of the reader's language before it loads any page. */
import type { first } from './en/first'
import type { rest } from './en/rest'

/** The shape of a catalogue: what English says is one way to fill it. */
type Filled<Part> = Part extends string
  ? string
  : Part extends (...about: infer About) => infer Said
    ? (...about: About) => Filled<Said>
    : Part extends readonly (infer Each)[]
      ? readonly Filled<Each>[]
      : Part extends object
        ? { [Key in keyof Part]: Filled<Part[Key]> }
        : Part

export type FirstWords = Filled<typeof first>
export type OtherWords = Filled<typeof rest>

/** Those of a first visit are there from the beginning; the others before any page that uses them: see `lazyPage`. */
export let words: FirstWords & OtherWords

export function fillWords(part: FirstWords | OtherWords): void {
  words = { ...words, ...part }
}
