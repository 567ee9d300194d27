// Counts down beside what the page already says in words; without this script the words are enough.
const pad = (number) => String(number).padStart(2, '0')

const tick = () => {
  for (const element of document.querySelectorAll('time[data-until]')) {
    const until = new Date(element.dateTime)
    const left = Math.max(0, Math.floor((until - Date.now() - skew) / 1000))
    const clock = until.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' })
    element.textContent = left > 0 ? `${Math.floor(left / 60)}:${pad(left % 60)} left, until ${clock}` : `the time ended at ${clock}`
  }
}

// The page says what time it was on the server when it was written: its clock counts, not this machine's.
const written = document.querySelector('[data-now]')
const skew = written ? new Date(written.dataset.now) - Date.now() : 0
if (document.querySelector('time[data-until]')) {
  tick()
  setInterval(tick, 1000)
}
