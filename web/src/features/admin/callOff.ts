import { callOffVisits } from '@/shared/api/admin'

/** Calls off all that a suspended doctor has ahead, as many requests as it takes; each has a key of its own under the one given. */
export async function callOffAll(doctorId: string, reason: string, key: string, onProgress: (sofar: number) => void): Promise<number> {
  let sum = 0
  for (let round = 0; ; round += 1) {
    const { cancelled, left } = await callOffVisits(doctorId, reason, `${key}-${round}`)
    sum += cancelled
    onProgress(sum)
    if (left === 0) return sum
  }
}
