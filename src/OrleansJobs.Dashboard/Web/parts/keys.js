// What the keyboard does anywhere.
import { useLayoutEffect } from '../lib/html.js'
import { go, place } from '../lib/router.js'

const PAGES = { o: '/', j: '/jobs', d: '/dead-letters', r: '/results', s: '/silos', n: '/grains', a: '/audit' }
const PATIENCE = 2500

export const KEYS = [
  { keys: ['/'], does: 'search for jobs' },
  { keys: ['g', 'o'], does: 'overview' },
  { keys: ['g', 'j'], does: 'jobs' },
  { keys: ['g', 'd'], does: 'dead letters' },
  { keys: ['g', 'r'], does: 'results' },
  { keys: ['g', 's'], does: 'silos' },
  { keys: ['g', 'n'], does: 'grains' },
  { keys: ['g', 'a'], does: 'audit' },
  { keys: ['Esc'], does: 'close what is open' },
  { keys: ['?'], does: 'these keys' },
]

/** Listens to the keys. They are off in fields and dialogs, and beside Ctrl, Alt and Meta. */
export function useKeys(onHelp) {
  useLayoutEffect(() => {
    let prefixAt = 0
    const onKey = event => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select, dialog')) return
      const isSecond = event.timeStamp - prefixAt < PATIENCE
      prefixAt = event.key === 'g' && !isSecond ? event.timeStamp : 0
      if (isSecond && PAGES[event.key]) go(PAGES[event.key])
      else if (event.key === '?') onHelp()
      else if (event.key === '/') search(event)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function search(event) {
  event.preventDefault()
  if (place.get().path !== '/jobs') go('/jobs')
  requestAnimationFrame(() => document.getElementById('search')?.focus())
}
