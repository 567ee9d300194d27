export interface HealthSearch {
  /** The dependant whose health it is; nobody for one's own. */
  for?: string
}

export function parseHealth(raw: Record<string, unknown>): HealthSearch {
  return typeof raw.for === 'string' && raw.for ? { for: raw.for } : {}
}
