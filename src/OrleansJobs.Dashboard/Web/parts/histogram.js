// How long things took: a bar for each length of time.
import { html } from '../lib/html.js'
import { count, duration, many, seconds, span } from '../lib/format.js'

const MOST_BARS = 28
const WIDTH = 560
const HEIGHT = 110

/** @param buckets as the API has them: the shortest first, fine-grained */
export function Histogram({ title, buckets, summary, empty }) {
  const bars = merge(buckets)
  const most = Math.max(...bars.map(bar => bar.count), 1)
  const width = WIDTH / Math.max(bars.length, 1)
  return html`
    <figure class="histogram">
      <figcaption><h3>${title}</h3><span class="muted">${many(summary.count, 'attempt')}</span></figcaption>
      ${summary.count === 0
        ? html`<p class="muted">${empty}</p>`
        : html`
          <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${`${title}: ${inWords(summary)}`}>
            ${bars.map((bar, index) => html`
              <rect class="bar" x=${(index * width + 1).toFixed(1)} width=${Math.max(1, width - 2).toFixed(1)} y=${(HEIGHT - height(bar, most)).toFixed(1)}
                height=${height(bar, most).toFixed(1)} rx="1.5"><title>${`${duration(bar.from)} to ${duration(bar.below)}: ${count(bar.count)}`}</title></rect>`)}
          </svg>
          <p class="histogram-ends muted"><span>${duration(bars[0].from)}</span><span>${duration(bars.at(-1).below)}</span></p>
          <${Quantiles} of=${summary} />`}
    </figure>`
}

export const Quantiles = ({ of }) => html`
  <dl class="quantiles">
    ${[['p50', of.p50], ['p95', of.p95], ['p99', of.p99], ['max', of.max]].map(([name, value]) => html`<div><dt>${name}</dt><dd>${of.count === 0 ? '–' : span(value)}</dd></div>`)}
  </dl>`

const inWords = of => `half took at most ${span(of.p50)}, 95 % at most ${span(of.p95)}, 99 % at most ${span(of.p99)}, the longest ${span(of.max)}`

/** A bar of something is to be seen beside one of a thousand. */
const height = (bar, most) => (bar.count === 0 ? 0 : Math.max(2, (bar.count / most) * HEIGHT))

/** Joins neighbours until there are few enough; gaps between the buckets become empty bars. */
function merge(buckets) {
  if (buckets.length === 0) return []
  const group = Math.ceil(buckets.length / MOST_BARS)
  const bars = []
  for (let index = 0; index < buckets.length; index += group) {
    const part = buckets.slice(index, index + group)
    bars.push({ from: seconds(part[0].from), below: seconds(part.at(-1).below), count: part.reduce((total, one) => total + one.count, 0) })
  }
  return bars
}
