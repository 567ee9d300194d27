/** Was die Seiten nach der Anmeldung außerdem sagen. */
import type { OtherWords } from '../index'
import * as about from './about'
import * as admin from './admin'
import * as calendar from './calendar'
import * as day from './day'
import * as feedback from './feedback'
import * as history from './history'
import * as hours from './hours'
import * as oversight from './oversight'
import * as papers from './papers'
import * as passwords from './passwords'
import * as practice from './practice'
import * as providers from './providers'
import * as record from './record'
import * as register from './register'
import * as report from './report'
import * as staff from './staff'
import * as visit from './visit'
import * as visitRecord from './visitRecord'
import * as visits from './visits'
import * as you from './you'

export const rest: OtherWords = {
  about,
  admin,
  calendar,
  day,
  feedback,
  history,
  hours,
  oversight,
  papers,
  passwords,
  practice,
  providers,
  record,
  register,
  report,
  staff,
  visit,
  visitRecord,
  visits,
  you,
}
