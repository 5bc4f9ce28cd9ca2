// Light or dark: as the system has it, until somebody chooses. What is seen stands on the root element, where styles read it.
import { createStore } from './store.js'

const KEY = 'orleansjobs.theme'
const root = document.documentElement
const system = matchMedia('(prefers-color-scheme: dark)')

/** What is seen, `light` or `dark`. */
export const theme = createStore(root.dataset.theme)

system.addEventListener('change', () => {
  if (root.dataset.themeBy === 'system') show(system.matches ? 'dark' : 'light')
})

export function toggleTheme() {
  root.dataset.themeBy = 'choice'
  show(theme.get() === 'dark' ? 'light' : 'dark')
  try {
    localStorage.setItem(KEY, theme.get())
  } catch {
    // It holds for this page, then.
  }
}

/** A colour of the theme, for what is drawn by hand. */
export const colour = name => getComputedStyle(root).getPropertyValue(`--${name}`).trim()

function show(name) {
  root.dataset.theme = name
  theme.set(name)
}
