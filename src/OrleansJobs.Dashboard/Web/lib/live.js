// What the grid pushes. Open while the page is seen, closed while it is hidden; opened again with growing pauses when it breaks.
import { useEffect, useRef } from './html.js'
import { ApiError, loadSession, session } from './api.js'
import { backoff } from './backoff.js'
import { createStore } from './store.js'

const EVENTS = ['overview', 'silos', 'class', 'job', 'bulk']

/** `{ state: 'off'|'opening'|'live'|'down', trouble }`; trouble is what the grid behind a host that answers says of itself. */
export const connection = createStore({ state: 'off' })

/**
 * Listens while the part is shown.
 * @param query such as `overview&class=email`; null for not yet
 * @param handlers by event; each gets the parsed data and its text
 */
export function useLive(query, handlers) {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    if (query == null) return undefined
    const stream = new Stream(query, (name, text) => latest.current[name]?.(JSON.parse(text), text))
    return () => stream.end()
  }, [query])
}

class Stream {
  #url
  #deliver
  #source
  #timer
  #failures = 0
  #follow = () => (document.hidden ? this.#close() : this.#open())

  constructor(query, deliver) {
    this.#url = `${document.documentElement.dataset.api}/live?${query}`
    this.#deliver = deliver
    document.addEventListener('visibilitychange', this.#follow)
    this.#follow()
  }

  end() {
    document.removeEventListener('visibilitychange', this.#follow)
    this.#close()
  }

  #close() {
    clearTimeout(this.#timer)
    this.#source?.close()
    this.#source = undefined
    connection.set({ state: 'off' })
  }

  #open() {
    if (this.#source) return
    clearTimeout(this.#timer)
    if (connection.get().state !== 'down') connection.set({ state: 'opening' })
    const source = new EventSource(this.#url)
    this.#source = source
    source.onopen = () => {
      this.#failures = 0
      connection.set({ state: 'live' })
    }
    source.onerror = () => this.#fail()
    source.addEventListener('trouble', event => connection.set({ state: 'live', trouble: JSON.parse(event.data) }))
    for (const name of EVENTS) {
      source.addEventListener(name, event => {
        if (connection.get().trouble) connection.set({ state: 'live' })
        this.#deliver(name, event.data)
      })
    }
  }

  /** The browser's own tries are not told apart by why they fail, so each failure asks who we are: that answer says. */
  async #fail() {
    this.#source?.close()
    this.#source = undefined
    const pause = backoff(++this.#failures)
    this.#timer = setTimeout(() => !document.hidden && this.#open(), pause)
    try {
      await loadSession()
      if (session.get()?.role === null) this.#close()
      else if (this.#failures > 1) connection.set({ state: 'down', until: Date.now() + pause })
    } catch (error) {
      connection.set({ state: 'down', until: Date.now() + pause, trouble: error instanceof ApiError && error.status !== 0 ? { detail: error.message } : undefined })
    }
  }
}
