/** Was ein erster Besuch sagen kann. */
import type { FirstWords } from '../index'
import * as account from './account'
import * as appointments from './appointments'
import * as booking from './booking'
import * as common from './common'
import * as doctor from './doctor'
import * as find from './find'
import * as landing from './landing'
import * as news from './news'
import * as people from './people'
import * as places from './places'
import * as problems from './problems'
import * as terms from './terms'
import * as waiting from './waiting'

export const first: FirstWords = {
  account,
  appointments,
  booking,
  common,
  doctor,
  find,
  landing,
  news,
  people,
  places,
  problems,
  terms,
  waiting,
}
