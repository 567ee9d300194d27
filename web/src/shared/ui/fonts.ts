/** Our own typefaces: a quarter of what a first visit loads, so they come when the page stands. From the next visit on they are there at once. */
const KEPT = 'openhours-fonts'
const OURS = ['400 16px "Figtree Variable"', '600 16px "Bricolage Grotesque"']

export async function bringFonts(): Promise<void> {
  const { dataset } = document.documentElement
  if (dataset.fonts !== undefined) return
  // The page is laid out anew once, with all of them there, and not for each; without them it stays as it is.
  await Promise.all(OURS.map((font) => document.fonts.load(font)))
  dataset.fonts = ''
  try {
    localStorage.setItem(KEPT, 'there')
  } catch {
    // Without storage they come late again.
  }
}
