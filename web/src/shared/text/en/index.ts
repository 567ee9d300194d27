/** English: the catalogue that says what every other one has to fill. */
import * as account from './account'
import * as admin from './admin'
import * as appointments from './appointments'
import * as booking from './booking'
import * as calendar from './calendar'
import * as common from './common'
import * as day from './day'
import * as doctor from './doctor'
import * as feedback from './feedback'
import * as find from './find'
import * as history from './history'
import * as hours from './hours'
import * as landing from './landing'
import * as news from './news'
import * as oversight from './oversight'
import * as papers from './papers'
import * as people from './people'
import * as places from './places'
import * as practice from './practice'
import * as problems from './problems'
import * as record from './record'
import * as register from './register'
import * as report from './report'
import * as staff from './staff'
import * as visit from './visit'
import * as visitRecord from './visitRecord'
import * as visits from './visits'
import * as waiting from './waiting'
import * as you from './you'

export const en = {
  account,
  admin,
  appointments,
  booking,
  calendar,
  common,
  day,
  doctor,
  feedback,
  find,
  history,
  hours,
  landing,
  news,
  oversight,
  papers,
  people,
  places,
  practice,
  problems,
  record,
  register,
  report,
  staff,
  visit,
  visitRecord,
  visits,
  waiting,
  you,
}
