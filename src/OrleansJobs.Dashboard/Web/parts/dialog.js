// Asks before something is done.
import { html, useEffect, useRef, useState } from '../lib/html.js'
import { Problem } from './bits.js'

/** A dialog of the browser's own, which keeps the focus in it, gives it back, and closes by Escape. */
export function Dialog({ title, onClose, children }) {
  const box = useRef(null)
  useEffect(() => {
    box.current.showModal()
    return () => box.current?.close()
  }, [])
  return html`
    <dialog ref=${box} aria-labelledby="dialog-title" onCancel=${event => { event.preventDefault(); onClose() }}
      onClick=${event => event.target === box.current && onClose()}>
      <h2 id="dialog-title">${title}</h2>
      ${children}
    </dialog>`
}

/**
 * Asks, does it, and stays open with the reason when it cannot be done.
 * @param act gets the form's data and gives a promise
 */
export function Ask({ title, verb, isDanger, children, act, onClose, check }) {
  const [state, setState] = useState({})
  const submit = async event => {
    event.preventDefault()
    const data = Object.fromEntries(new FormData(event.target))
    const fault = check?.(data)
    if (fault) return setState({ error: { title: 'Not yet', message: fault } })
    setState({ busy: true })
    try {
      await act(data)
      onClose()
    } catch (error) {
      setState({ error })
    }
  }
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        ${children}
        ${state.error && html`<${Problem} error=${state.error} />`}
        <div class="form-actions">
          <button type="button" onClick=${onClose}>Leave it</button>
          <button type="submit" class=${isDanger ? 'primary danger' : 'primary'} disabled=${state.busy}>${state.busy ? 'Working…' : verb}</button>
        </div>
      </form>
    <//>`
}
