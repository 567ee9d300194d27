/**
 * The page as the build drew it, which people see before the scripts are there. Its links and the search lead on by themselves; what
 * needs a script is disabled in it until then.
 */

/** The element that stands in the other's place in the page that works. */
function counterpart(page: HTMLElement, { tagName, id, textContent, ariaLabel }: Element): HTMLElement | undefined {
  return [...page.querySelectorAll<HTMLElement>(tagName)].find((each) => (id && each.id === id) || (each.textContent === textContent && each.ariaLabel === ariaLabel))
}

/** Puts the page in the outline's place. What somebody has begun in the outline goes on in the page: the function gives it back. */
export function takeOver(outline: HTMLElement, page: HTMLElement): () => void {
  const focused = document.activeElement
  const before = focused && outline.contains(focused) ? focused : null
  const typed = outline.querySelector<HTMLInputElement>('input[type="search"]')?.value
  const { scrollX, scrollY } = window
  page.id = outline.id
  outline.replaceWith(page)
  delete document.documentElement.dataset.otherLanguage
  return () => {
    scrollTo(scrollX, scrollY)
    const box = page.querySelector<HTMLInputElement>('input[type="search"]')
    if (box && typed) {
      // As if typed just now: React listens to the event and reads the value past its own record of it.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, typed)
      box.dispatchEvent(new Event('input', { bubbles: true }))
    }
    if (before) (before.matches('input[type="search"]') ? box : counterpart(page, before))?.focus({ preventScroll: true })
  }
}
