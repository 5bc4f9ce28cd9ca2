// For browsers that the host does not know yet.
import { html, useEffect, useRef, useState } from '../lib/html.js'
import { signIn } from '../lib/api.js'
import { Problem } from '../parts/bits.js'

export function SignIn() {
  const [state, setState] = useState({})
  const field = useRef(null)
  useEffect(() => field.current?.focus(), [])
  const submit = async event => {
    event.preventDefault()
    setState({ busy: true })
    try {
      await signIn(new FormData(event.target).get('key').trim())
    } catch (error) {
      setState({ error })
      field.current?.select()
    }
  }
  return html`
    <main class="signin">
      <form class="card form" onSubmit=${submit}>
        <img src=${new URL('../icon.svg', import.meta.url).href} alt="" width="36" height="36" />
        <h1 tabindex="-1">Sign in to OrleansJobs</h1>
        <p class="muted">With a key that this grid’s operators gave you. It is exchanged for a sign-in of some hours and kept nowhere.</p>
        <label>Key<input ref=${field} name="key" type="password" required autocomplete="current-password" spellcheck=${false} placeholder="ojk_…" /></label>
        ${state.error && html`<${Problem} error=${state.error} />`}
        <button type="submit" class="primary" disabled=${state.busy}>${state.busy ? 'Signing in…' : 'Sign in'}</button>
        <details><summary>I have no key</summary><p class="muted">An administrator makes one with <code>jobs key new NAME --role viewer</code> and puts its hash into the host’s
          configuration.</p></details>
      </form>
    </main>`
}
