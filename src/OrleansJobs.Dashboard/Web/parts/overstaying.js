import { html } from '../lib/html.js'
import { count } from '../lib/format.js'

/** Handlers of a pool that run on although their lease has ended; they hold their slots until they return. */
export const Overstaying = ({ of: pool }) => pool.overstaying > 0
  ? html`<span class="badge is-Retrying" title="Handlers that ignore their timeout or that they were stopped: they hold their slots until they return.">${count(pool.overstaying)}</span>`
  : html`0`
