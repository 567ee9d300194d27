/** Deutsch, mit „Sie“. Ein Wort für eine Sache: Termin, Zeit, Praxis, Sprechzeiten, Honorar, Steuer, Rechnung, Erstattung, reservieren, freigeben, absagen. */
import type { Words } from '../index'
import * as account from './account'
import * as appointments from './appointments'
import * as booking from './booking'
import * as common from './common'
import * as doctor from './doctor'
import * as find from './find'
import * as hours from './hours'
import * as landing from './landing'
import * as people from './people'
import * as places from './places'
import * as problems from './problems'
import * as staff from './staff'

export const de: Words = { account, appointments, booking, common, doctor, find, hours, landing, people, places, problems, staff }
