// What came out of a class, in the order in which it ended?
import { html } from '../lib/html.js'
import { get } from '../lib/api.js'
import { count } from '../lib/format.js'
import { useLoad } from '../lib/load.js'
import { go, href } from '../lib/router.js'
import { Ago, Empty, Head, JobLink, Loaded, State, Table, Tenant } from '../parts/bits.js'

const PAGE = 50
const PREVIEW = 160

export function Results({ query }) {
  const parameters = new URLSearchParams(query)
  const classes = useLoad(signal => get('/classes', signal), [])
  // What has no ceiling is a class that no host has; nobody keeps a queue for it.
  const known = (classes.data ?? []).filter(one => one.maxLocalWorkersCeiling > 0)
  const jobClass = parameters.get('class') ?? known[0]?.class
  const after = Number(parameters.get('after') ?? 0)
  const page = useLoad(async signal => (jobClass ? get(`/classes/${encodeURIComponent(jobClass)}/results?after=${after}&limit=${PAGE}`, signal) : null), [jobClass, after])
  const show = (name, from = 0) => go('/results', `?${new URLSearchParams({ class: name, ...(from ? { after: from } : {}) })}`)
  return html`
    <${Head} title="Results" lead="The results queue of a class: jobs that have ended, in the order of their ends. A reader keeps its place by the sequence." />
    <div class="filters">
      <label>Class<select value=${jobClass ?? ''} onChange=${event => show(event.target.value)}>
        ${known.map(one => html`<option value=${one.class}>${one.class}</option>`)}</select></label>
      <label>After sequence<input type="number" min="0" value=${after} onChange=${event => show(jobClass, Math.max(0, Number(event.target.value)))} /></label>
    </div>
    <${Loaded} from=${page} what="the results">
      ${data => (!data || data.results.length === 0
        ? html`<${Empty} title=${after ? 'Nothing more so far' : 'No results yet'}>${after ? html`This is the end of the queue. <a href=${href('/results', `?class=${encodeURIComponent(jobClass)}`)}>From the beginning</a>` : 'Jobs of this class appear here when they have ended.'}<//>`
        : html`<section class="card flush"><${Rows} results=${data.results} /></section>
            ${data.results.length === PAGE && html`<button type="button" class="more" onClick=${() => show(jobClass, data.after)}>Show the next ones</button>`}`)}
    <//>`
}

const Rows = ({ results }) => html`
  <${Table} label="Results" head=${[{ number: 'Sequence' }, 'Job', 'State', 'Tenant', 'Ended', 'Result']}>
    ${results.map(({ sequence, job }) => html`
      <tr key=${sequence}><td class="number">${count(sequence)}</td><td><${JobLink} id=${job.id} /></td><td><${State} is=${job.state} /></td><td><${Tenant} name=${job.tenant} /></td>
        <td class="nowrap"><${Ago} at=${job.finishedAt} /></td><td class="what"><code class="clip">${preview(job)}</code></td></tr>`)}
  <//>`

function preview(job) {
  const text = job.result !== undefined ? JSON.stringify(job.result) : job.resultBase64 ? `${job.contentType}` : job.lastError ? `${job.lastError.type}: ${job.lastError.message}` : '–'
  return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text
}
