const TITLES = /^(dr|prof|mr|mrs|ms|miss)\.?\s+/i

/** First and last initial, titles left out: “Dr Tomás Herrera Villanueva” is TV. */
export function initialsOf(name: string): string {
  const parts = withoutTitle(name).split(/\s+/).filter(Boolean)
  const [first = '', last = ''] = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]]
  return `${firstLetter(first)}${firstLetter(last)}`.toLocaleUpperCase()
}

/** The first letter with its marks: “Å” however it is encoded. */
function firstLetter(word: string): string {
  return new Intl.Segmenter().segment(word)[Symbol.iterator]().next().value?.segment ?? ''
}

function withoutTitle(name: string): string {
  let rest = name.trim()
  while (TITLES.test(rest)) rest = rest.replace(TITLES, '')
  return rest
}

/** “Dr Okafor”, for a sentence that has already said the whole name. */
export function shortName(name: string): string {
  const title = TITLES.exec(name)?.[0].trim()
  const last = withoutTitle(name).split(/\s+/).at(-1) ?? name
  return title ? `${title} ${last}` : last
}

/** One of eight colours, always the same for the same name. */
export function hueOf(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sum % 8
}
