// A line without axes, for a glance. Its label says in words what it shows.
import { html } from '../lib/html.js'

const WIDTH = 240
const HEIGHT = 36
const PAD = 2

/**
 * @param lines `[{ values, kind }]`; kinds are the classes `line-1` to `line-4`, the second and later ones are dashed
 * @param format how its figures are written
 */
export function Sparkline({ name, lines, format, note }) {
  const all = lines.flatMap(line => line.values)
  const top = Math.max(...all, Number.MIN_VALUE)
  const last = lines.map(line => `${line.name ? `${line.name} ` : ''}now ${format(line.values.at(-1) ?? 0)}`).join(', ')
  const label = all.length === 0 ? `${name}: nothing yet` : `${name} over the last 15 minutes: ${last}, at most ${format(Math.max(...all))}`
  return html`
    <figure class="spark">
      <figcaption><span>${name}</span><span class="muted">${note ?? (all.length === 0 ? '' : `max ${format(Math.max(...all))}`)}</span></figcaption>
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${label}>
        <path class="spark-ground" d=${`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        ${lines.map((line, index) => html`
          ${index === 0 && html`<path class=${`spark-area ${line.kind}`} d=${area(line.values, top)} />`}
          <path class=${`spark-line ${line.kind}`} d=${path(line.values, top)} />`)}
      </svg>
    </figure>`
}

function path(values, top) {
  if (values.length < 2) return ''
  const step = WIDTH / (values.length - 1)
  return values.map((value, index) => `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${y(value, top)}`).join('')
}

const area = (values, top) => (values.length < 2 ? '' : `${path(values, top)}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`)

const y = (value, top) => (HEIGHT - PAD - (value / top) * (HEIGHT - 2 * PAD)).toFixed(1)
