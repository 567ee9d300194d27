export interface RegisterSearch {
  step?: number
}

export function parseStep(raw: Record<string, unknown>): RegisterSearch {
  const step = Number(raw.step)
  return step === 2 || step === 3 ? { step } : {}
}
