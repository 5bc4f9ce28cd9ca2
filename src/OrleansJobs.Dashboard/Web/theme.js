// Before the first paint, so that nobody sees the other theme flash. Not a module: those run later.
(() => {
  const root = document.documentElement
  let chosen = null
  try {
    chosen = localStorage.getItem('orleansjobs.theme')
  } catch {
    // A browser that keeps nothing for us follows the system's theme.
  }
  const isChosen = chosen === 'light' || chosen === 'dark'
  root.dataset.theme = isChosen ? chosen : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  root.dataset.themeBy = isChosen ? 'choice' : 'system'
})()
