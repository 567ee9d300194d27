/** “English, , Igbo ” as its parts, without what is empty. */
export function typedList(typed: string): string[] {
  return typed
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}
