// Before the first paint, so that nobody who chose a theme sees the other one flash. Not a module: those run later.
(() => {
  try {
    const theme = localStorage.getItem('orleansjobs.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // A browser that keeps nothing for us follows the system's theme.
  }
})()
