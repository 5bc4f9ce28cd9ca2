// Addresses: which page is shown, and going from one to another without loading anew.
import { createStore } from './store.js'

const base = document.documentElement.dataset.base

const here = () => ({ path: decodePath(location.pathname.slice(base.length)) || '/', query: location.search })

/** `{ path, query }`; the path begins where the dashboard does. */
export const place = createStore(here())

/** The address of a path of the dashboard. */
export const href = (path, query = '') => base + path + query

export const jobHref = id => href(`/jobs/${id}`)
export const classHref = name => href(`/classes/${encodeURIComponent(name)}`)

/** Goes to a path of the dashboard. */
export function go(path, query = '', { replace = false } = {}) {
  const url = href(path, query)
  if (url !== location.pathname + location.search) history[replace ? 'replaceState' : 'pushState'](null, '', url)
  place.set(here())
}

/** The value of a path such as `/classes/email` under `/classes/`; null if it is none. */
export function valueUnder(path, prefix) {
  if (!path.startsWith(prefix) || path.length === prefix.length || path.slice(prefix.length).includes('/')) return null
  return decodeURIComponent(path.slice(prefix.length))
}

export function startRouter() {
  addEventListener('popstate', () => place.set(here()))
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]')
    const isOurs = link && link.origin === location.origin && link.pathname.startsWith(`${base}/`) && !link.target && !link.download
    if (!isOurs || link.hash || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(link.pathname.slice(base.length), link.search)
  })
}

/** Only the trailing slash goes; names in it stay encoded until they are read. */
function decodePath(path) {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}
