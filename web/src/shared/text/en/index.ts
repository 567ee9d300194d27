/** English: the catalogue that says what every other one has to fill. */
import { first } from './first'
import { rest } from './rest'

export const en = { ...first, ...rest }
