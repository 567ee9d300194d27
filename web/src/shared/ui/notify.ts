import { notifications } from '@mantine/notifications'

/** A passing word that something was done. What went wrong stands beside its cause instead, and stays. */
export function notify(message: string): void {
  notifications.show({ message, color: 'brand', autoClose: 7_000 })
}
