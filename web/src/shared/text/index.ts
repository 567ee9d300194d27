/** Every word that the pages say, by area. Another language is another catalogue of the same shape, chosen here. */
import * as account from './en/account'
import * as appointments from './en/appointments'
import * as booking from './en/booking'
import * as common from './en/common'
import * as doctor from './en/doctor'
import * as find from './en/find'
import * as hours from './en/hours'
import * as landing from './en/landing'
import * as problems from './en/problems'
import * as staff from './en/staff'

const en = { account, appointments, booking, common, doctor, find, hours, landing, problems, staff }

export type Words = typeof en

export const words: Words = en
