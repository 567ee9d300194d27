export interface ReportSearch {
  /** The visit that it is about. */
  visit?: string
}

export function parseReport(raw: Record<string, unknown>): ReportSearch {
  return typeof raw.visit === 'string' && raw.visit ? { visit: raw.visit } : {}
}
