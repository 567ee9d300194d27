/** Whether some word of the name begins like what is typed, or the whole name does. */
export function beginsLike(name: string, typed: string): boolean {
  const wanted = typed.toLocaleLowerCase()
  const lowered = name.toLocaleLowerCase()
  return lowered.startsWith(wanted) || lowered.split(/[^\p{L}\p{N}]+/u).some((word) => word !== '' && word.startsWith(wanted))
}
