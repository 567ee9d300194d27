/** Every word that the pages say, by area. `main.tsx` loads the catalogue of the reader's language before it loads any page. */
import type { en } from './en'

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

export type Words = Filled<typeof en>

export let words: Words

export function fillWords(catalogue: Words): void {
  words = catalogue
}
