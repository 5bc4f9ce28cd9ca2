// Short notes on what was done.
import { html } from '../lib/html.js'
import { createStore, useStore } from '../lib/store.js'

const SHOWN = 8000
const notes = createStore([])
let last = 0

export function tell(text, kind = 'good') {
  const note = { id: ++last, text, kind }
  notes.set([...notes.get().slice(-3), note])
  setTimeout(() => drop(note.id), SHOWN)
}

const drop = id => notes.set(notes.get().filter(note => note.id !== id))

export const Toasts = () => html`
  <div class="toasts" role="status" aria-live="polite">
    ${useStore(notes).map(note => html`
      <div class=${`toast ${note.kind}`} key=${note.id}><span>${note.text}</span>
        <button type="button" class="plain small" onClick=${() => drop(note.id)} aria-label="Close this note">✕</button></div>`)}
  </div>`
