// A value that parts of the page share: who reads it by `useStore` is drawn again when it changes.
import { useEffect, useState } from './html.js'

export function createStore(value) {
  const listeners = new Set()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      listeners.forEach(listener => listener(value))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore(store) {
  const [value, setValue] = useState(store.get())
  useEffect(() => {
    setValue(() => store.get())
    return store.listen(next => setValue(() => next))
  }, [store])
  return value
}
