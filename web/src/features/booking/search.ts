export interface PaymentSearch {
  /** How the payment page sent the patient back: `returned` after paying, `cancelled` without. */
  payment?: string
}

export function parsePaymentSearch(raw: Record<string, unknown>): PaymentSearch {
  return typeof raw.payment === 'string' ? { payment: raw.payment } : {}
}
