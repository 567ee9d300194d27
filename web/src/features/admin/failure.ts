/** What made a task fail, from the name that the server gave it: `ProviderRefused: no such address`. */
export type FailureKind = 'away' | 'broken' | 'refused' | 'ours'

const KINDS: Record<string, FailureKind> = {
  ProviderUnavailable: 'away',
  ProviderFailed: 'broken',
  ProviderRefused: 'refused',
}

export function failureOf(lastError: string): { kind: FailureKind; detail: string } {
  const [, name = '', detail = ''] = /^(\w+): ?([\s\S]*)$/.exec(lastError) ?? []
  return { kind: KINDS[name] ?? 'ours', detail: (KINDS[name] ? detail : lastError).trim() }
}
