/** What the addresses of the administrator's lists can say, so that Back, a reload and a shared link show the same. */
import type { ActorRole, AuditFilters, Delivery, DoctorStatus, ReportState, Trouble } from '@/shared/api/admin'
import { isDay, type Day } from '@/shared/time'

export const STATUSES: readonly DoctorStatus[] = ['pending', 'approved', 'suspended', 'rejected']
export const DELIVERIES: readonly Delivery[] = ['failed', 'waiting', 'sent', 'withheld', 'dropped']
export const TROUBLES: readonly Trouble[] = ['refund_failed', 'quarantined', 'disputed']
export const REPORT_STATES: readonly ReportState[] = ['open', 'closed']
export const ROLES: readonly ActorRole[] = ['patient', 'doctor', 'administrator', 'system']

export interface Search<Value> {
  show?: Value
}

/** A reader of `?show=` that takes the values listed and nothing else. */
export function parseShow<Value extends string>(values: readonly Value[]) {
  return (raw: Record<string, unknown>): Search<Value> => {
    const found = values.find((value) => value === raw.show)
    return found ? { show: found } : {}
  }
}

export const parseStatus = parseShow(STATUSES)
export const parseDelivery = parseShow(DELIVERIES)
export const parseTrouble = parseShow(TROUBLES)
export const parseReportState = parseShow(REPORT_STATES)

export interface AuditSearch {
  verb?: string
  role?: ActorRole
  actor?: string
  about?: string
  /** Days of the reader's zone; `to` is included. */
  from?: Day
  to?: Day
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text)
}

export function parseAudit(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {}
  if (typeof raw.verb === 'string' && /^[a-z-]{1,60}$/.test(raw.verb)) search.verb = raw.verb
  const role = ROLES.find((each) => each === raw.role)
  if (role) search.role = role
  if (isId(raw.actor)) search.actor = raw.actor
  if (isId(raw.about)) search.about = raw.about
  if (isDay(raw.from)) search.from = raw.from
  if (isDay(raw.to)) search.to = raw.to
  return search
}

export function filtersOf(search: AuditSearch, startOf: (day: Day) => Date, next: (day: Day) => Day): AuditFilters {
  const { from, to, ...rest } = search
  return {
    ...rest,
    ...(from ? { since: startOf(from).toISOString() } : {}),
    ...(to ? { until: startOf(next(to)).toISOString() } : {}),
  }
}
