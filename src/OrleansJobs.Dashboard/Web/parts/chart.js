// A chart over time by uPlot, with a table of the same figures for whoever does not see it.
import uPlot from '../vendor/uplot/uplot.js'
import { html, useEffect, useRef } from '../lib/html.js'
import { clock } from '../lib/format.js'
import { useStore } from '../lib/store.js'
import { colour, theme } from '../lib/theme.js'

const HEIGHT = 180
const TABLE_ROWS = 15
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3]]

/**
 * @param data times in seconds, then one list for each series
 * @param series `[{ name, colour, format, isArea }]`
 */
export function Chart({ title, data, series, format }) {
  const box = useRef(null)
  const plot = useRef(null)
  const shade = useStore(theme)

  useEffect(() => {
    const chart = new uPlot(options(box.current.clientWidth, series, format), data, box.current)
    const follow = new ResizeObserver(() => chart.setSize({ width: box.current.clientWidth, height: HEIGHT }))
    follow.observe(box.current)
    plot.current = chart
    return () => {
      follow.disconnect()
      chart.destroy()
    }
  }, [shade])

  useEffect(() => plot.current?.setData(data), [data])

  return html`
    <figure class="chart">
      <figcaption><h3>${title}</h3><${Legend} series=${series} data=${data} format=${format} /></figcaption>
      <div class="chart-box" ref=${box} aria-hidden="true"></div>
      <${Figures} title=${title} data=${data} series=${series} format=${format} />
    </figure>`
}

const Legend = ({ series, data, format }) => html`
  <ul class="legend">${series.map((one, index) => html`
    <li><svg width="22" height="8" aria-hidden="true"><path d="M1 4H21" class=${`legend-line line-${one.colour}`} stroke-dasharray=${DASHES[index].join(' ')} /></svg>
      ${one.name} <strong>${format(data[index + 1].at(-1) ?? 0)}</strong></li>`)}</ul>`

/** Every so many periods: a hundred and eighty rows are of no use to anybody. */
function Figures({ title, data, series, format }) {
  const step = Math.max(1, Math.ceil(data[0].length / TABLE_ROWS))
  const rows = data[0].map((_, index) => index).filter(index => (data[0].length - 1 - index) % step === 0)
  return html`
    <details class="figures">
      <summary>${title} as a table</summary>
      <div class="table" role="region" aria-label=${title} tabindex="0"><table>
        <caption class="visually-hidden">${title}</caption>
        <thead><tr><th scope="col">Time</th>${series.map(one => html`<th scope="col" class="number">${one.name}</th>`)}</tr></thead>
        <tbody>${rows.map(row => html`<tr><th scope="row">${clock(data[0][row] * 1000)}</th>${series.map((_, index) => html`<td class="number">${format(data[index + 1][row])}</td>`)}</tr>`)}</tbody>
      </table></div>
    </details>`
}

/** A history that has just begun is told by the second, a whole one by the minute. */
const lengthOf = times => (times.at(-1) - times[0] < 300 ? 8 : 5)

function options(width, series, format) {
  const axis = { stroke: colour('muted'), grid: { stroke: colour('chart-grid'), width: 1 }, ticks: { show: false }, font: `11px ${colour('font')}` }
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    padding: [8, 4, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { y: { range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
    axes: [
      { ...axis, size: 26, space: 70, values: (chart, times) => times.map(time => clock(time * 1000).slice(0, lengthOf(chart.data[0]))) },
      { ...axis, size: 58, space: 36, values: (_, values) => values.map(format) },
    ],
    series: [{}, ...series.map((one, index) => ({
      label: one.name,
      stroke: colour(`chart-${one.colour}`),
      fill: one.isArea ? `${colour(`chart-${one.colour}`)}22` : undefined,
      width: 1.75,
      dash: DASHES[index],
      points: { show: false },
    }))],
  }
}
