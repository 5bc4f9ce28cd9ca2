// Slots: how many are taken of how many there are.
import { html } from '../lib/html.js'
import { count, percent } from '../lib/format.js'

const RADIUS = 40
const LENGTH = Math.PI * RADIUS
const ARC = `M 10 50 A ${RADIUS} ${RADIUS} 0 0 1 90 50`

export function Gauge({ running, permits, silos, overstaying = 0 }) {
  const part = permits === 0 ? 0 : Math.min(1, running / permits)
  const label = permits === 0 ? 'No slots' : `${count(running)} of ${count(permits)} slots taken, ${percent(part)}`
  return html`
    <figure class="gauge">
      <svg viewBox="0 0 100 56" role="img" aria-label=${label}>
        <path class="gauge-track" d=${ARC} />
        ${part > 0 && html`<path class=${part >= 1 ? 'gauge-part is-full' : 'gauge-part'} d=${ARC} stroke-dasharray=${`${LENGTH * part} ${LENGTH}`} />`}
      </svg>
      <figcaption>
        <span class="gauge-figure"><strong>${count(running)}</strong><span class="muted"> / ${count(permits)}</span></span>
        ${overstaying > 0 && html`<small class="badge is-Retrying" title="Handlers that ignore their timeout or that they were stopped hold these slots.">${count(overstaying)} without a lease</small>`}
        <small class="muted">${silos === 0 ? 'no silo' : silos === 1 ? 'slots' : `slots on ${silos} silos`}</small>
      </figcaption>
    </figure>`
}
