/** Passing words that something was done. What went wrong stands beside its cause instead, and stays. */
import { words } from '@/shared/text'

let wanted = false
const listeners = new Set<() => void>()

/** Whether there was anything to say yet: until then the part of the page that says it is not even loaded. */
export const noticesWanted = {
  read: () => wanted,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

export async function notify(message: string): Promise<void> {
  const { notifications } = await import('@mantine/notifications')
  notifications.show({ message, color: 'brand', autoClose: 7_000, closeButtonProps: { 'aria-label': words.common.close } })
  wanted = true
  for (const listener of listeners) listener()
}
