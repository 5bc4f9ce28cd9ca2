// Jobs as rows.
import { html } from '../lib/html.js'
import { words } from '../lib/format.js'
import { classHref, href } from '../lib/router.js'
import { toQuery } from '../lib/filters.js'
import { Ago, JobLink, State, Table, Tenant } from './bits.js'

export const JobsTable = ({ jobs, label }) => html`
  <${Table} label=${label} head=${['Job', 'State', 'Class', 'Tenant', 'Submitted', { number: 'Attempt' }, 'What happened']}>
    ${jobs.map(job => html`
      <tr key=${job.id}>
        <td><${JobLink} id=${job.id} /></td>
        <td><${State} is=${job.state} /></td>
        <td><a class="wrap" href=${classHref(job.class)}>${job.class}</a></td>
        <td><${Tenant} name=${job.tenant} /></td>
        <td class="nowrap"><${Ago} at=${job.submittedAt} /></td>
        <td class="number">${job.attempt} / ${job.maxAttempts}</td>
        <td class="what"><${What} job=${job} /></td>
      </tr>`)}
  <//>`

/** The one thing about a job that is most worth saying in a row. */
function What({ job }) {
  const error = job.lastError && job.state !== 'Succeeded' && html`<span class="clip" title=${`${job.lastError.type}: ${job.lastError.message}`}>${job.lastError.message || job.lastError.type}</span>`
  const progress = job.state === 'Running' && job.progress && html`<span class="clip">${Math.round(job.progress.fraction * 100)} % ${job.progress.message}</span>`
  const due = (job.state === 'Scheduled' || job.state === 'Retrying') && html`<span class="nowrap muted">due <${Ago} at=${job.dueAt} /></span>`
  const ended = job.finishedAt && html`<span class="nowrap muted">${words(job.state).toLowerCase()} <${Ago} at=${job.finishedAt} /></span>`
  const odd = job.oddity && html`<span class="tag" title=${job.oddity}>odd row</span>`
  return html`${odd} ${progress || error} ${due || ended} ${job.tags.map(tag => html`<a class="tag" href=${href('/jobs', toQuery({ tag }))}>${tag}</a>`)}`
}
