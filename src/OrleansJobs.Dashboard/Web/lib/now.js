// The time, once a second, for texts such as "3 s ago". Stands still while nobody looks.
import { createStore, useStore } from './store.js'

const now = createStore(Date.now())
let timer

function follow() {
  clearInterval(timer)
  if (document.hidden) return
  now.set(Date.now())
  timer = setInterval(() => now.set(Date.now()), 1000)
}

document.addEventListener('visibilitychange', follow)
follow()

export const useNow = () => useStore(now)
