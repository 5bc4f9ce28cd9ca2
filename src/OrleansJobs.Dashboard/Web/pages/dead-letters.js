// What could not be done, and why? And: try these again.
import { html } from '../lib/html.js'
import { get, may, session } from '../lib/api.js'
import { fromQuery, toQuery } from '../lib/filters.js'
import { count, many } from '../lib/format.js'
import { groupDead } from '../lib/groups.js'
import { useLoad } from '../lib/load.js'
import { go, href } from '../lib/router.js'
import { useStore } from '../lib/store.js'
import { Ago, Empty, Head, JobLink, Loaded, Tenant } from '../parts/bits.js'
import { BulkButtons, BulkRuns } from '../parts/bulk.js'

const LOOKED_AT = 500

export function DeadLetters({ query }) {
  const who = useStore(session)
  const { class: jobClass } = fromQuery(query)
  const classes = useLoad(signal => get('/classes', signal), [])
  const dead = useLoad(signal => get(`/jobs${toQuery({ class: jobClass, state: 'DeadLettered' }, { limit: LOOKED_AT })}`, signal), [jobClass])
  const known = classes.data ?? []
  const total = known.filter(one => !jobClass || one.class === jobClass).reduce((sum, one) => sum + one.counts.deadLettered, 0)
  return html`
    <${Head} title="Dead letters" lead="Jobs that used up their attempts, or that a handler or an operator gave up on. They stay until their class’s retention is over, or until somebody deletes them." />
    <div class="filters">
      <label>Class<select value=${jobClass ?? ''} onChange=${event => go('/dead-letters', toQuery({ class: event.target.value || undefined }))}>
        <option value="">all classes</option>
        ${known.map(one => html`<option value=${one.class}>${`${one.class} (${count(one.counts.deadLettered)})`}</option>`)}
      </select></label>
    </div>
    <${BulkRuns} />
    <${Loaded} from=${dead} what="the dead letters">
      ${({ jobs, nextCursor }) => (jobs.length === 0
        ? html`<${Empty} title="No dead letters">${jobClass ? html`None of this class. <a href=${href('/dead-letters')}>All classes</a>` : 'Every job that has ended succeeded or was cancelled.'}<//>`
        : html`
          <div class="list-head">
            <p role="status">${many(total || jobs.length, 'dead letter')}${nextCursor ? `; the newest ${count(jobs.length)} are grouped here` : ''}</p>
            ${may(who, 'Operator') && html`<${BulkButtons} filter=${{ class: jobClass, state: 'DeadLettered' }} actions=${['retry', 'delete']} noun=${jobClass ? `all of ${jobClass}` : 'all'} />`}
          </div>
          ${groupDead(jobs).map(group => html`<${Group} key=${`${group.class}\n${group.type}\n${group.message}`} group=${group} canAct=${may(who, 'Operator')} />`)}`)}
    <//>`
}

const Group = ({ group, canAct }) => html`
  <section class="card dead-group">
    <header class="card-head">
      <div><p class="crumb wrap">${group.class} · <span class="mono">${group.type}</span></p><h2 class="wrap">${group.message || group.type}</h2></div>
      <p class="dead-count"><strong>${count(group.jobs.length)}</strong> <span class="muted">last <${Ago} at=${group.jobs[0].finishedAt} /></span></p>
    </header>
    ${canAct && html`<div class="actions">
      <${BulkButtons} filter=${group.filter} actions=${['retry', 'delete']} noun="all with this error" />
      <a href=${href('/jobs', toQuery(group.filter))}>See them as a list</a></div>`}
    <details><summary>${many(group.jobs.length, 'job')}</summary>
      <ul class="dead-jobs">${group.jobs.slice(0, 50).map(job => html`<li><${JobLink} id=${job.id} /> <${Tenant} name=${job.tenant} /> <span class="muted">attempt ${job.attempt} of ${job.maxAttempts}, <${Ago} at=${job.finishedAt} /></span></li>`)}</ul>
    </details>
  </section>`
