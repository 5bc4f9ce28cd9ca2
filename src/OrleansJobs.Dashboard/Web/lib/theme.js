// Light or dark: as the system has it, until somebody chooses.
import { createStore } from './store.js'

const KEY = 'orleansjobs.theme'
const root = document.documentElement
const system = matchMedia('(prefers-color-scheme: dark)')

const current = () => root.dataset.theme ?? (system.matches ? 'dark' : 'light')

/** What is seen, `light` or `dark`. */
export const theme = createStore(current())

system.addEventListener('change', () => theme.set(current()))

export function toggleTheme() {
  root.dataset.theme = current() === 'dark' ? 'light' : 'dark'
  theme.set(current())
  try {
    localStorage.setItem(KEY, root.dataset.theme)
  } catch {
    // It holds for this page, then.
  }
}

/** A colour of the theme, for what is drawn by hand. */
export const colour = name => getComputedStyle(root).getPropertyValue(`--${name}`).trim()
