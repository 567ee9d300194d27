/* Sets the colours before the first paint, so that a dark page never flashes white. A file, because the page allows no inline script. */
(function () {
  var kept = function (name) {
    try {
      return localStorage.getItem(name)
    } catch {
      /* storage is switched off: what the device says stands */
      return null
    }
  }
  var page = document.documentElement
  var chosen = kept('mantine-color-scheme-value')
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  page.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  /* Somebody who was here before has our typefaces already. */
  if (kept('openhours-fonts')) page.setAttribute('data-fonts', '')
  /* The outline that came with the page speaks the browser's language; whoever has chosen another waits for the page in that one. */
  var language = kept('openhours-language')
  if (language && language !== page.lang) page.setAttribute('data-other-language', '')
})()
