/** Deutsch, mit „Sie“. Ein Wort für eine Sache: Termin, Zeit, Praxis, Sprechzeiten, Honorar, Steuer, Rechnung, Erstattung, reservieren, freigeben, absagen. */
import { first } from './first'
import { rest } from './rest'

export const de = { ...first, ...rest }
