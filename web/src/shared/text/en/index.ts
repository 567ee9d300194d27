/** English: the catalogue that says what every other one has to fill. */
import * as account from './account'
import * as admin from './admin'
import * as appointments from './appointments'
import * as booking from './booking'
import * as common from './common'
import * as doctor from './doctor'
import * as find from './find'
import * as history from './history'
import * as hours from './hours'
import * as landing from './landing'
import * as oversight from './oversight'
import * as people from './people'
import * as places from './places'
import * as problems from './problems'
import * as staff from './staff'

export const en = { account, admin, appointments, booking, common, doctor, find, history, hours, landing, oversight, people, places, problems, staff }
