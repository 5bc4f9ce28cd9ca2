// What became of this job, what does it wait for, and what can be done about it?
import { html, useState } from '../lib/html.js'
import { getText, may, post, remove, session } from '../lib/api.js'
import { bytes, many, span } from '../lib/format.js'
import { rawProperty } from '../lib/json.js'
import { useLive } from '../lib/live.js'
import { useLoad } from '../lib/load.js'
import { classHref, go, href } from '../lib/router.js'
import { toQuery } from '../lib/filters.js'
import { useStore } from '../lib/store.js'
import { isTerminal } from '../lib/timeline.js'
import { Ago, Card, Copy, Head, Loaded, State, Tenant } from '../parts/bits.js'
import { LOST } from '../parts/bulk.js'
import { Ask } from '../parts/dialog.js'
import { ErrorView } from '../parts/error-view.js'
import { Icon } from '../parts/icons.js'
import { BytesView, JsonView } from '../parts/json-view.js'
import { JobLog } from '../parts/job-log.js'
import { Resubmit } from '../parts/resubmit.js'
import { Timeline } from '../parts/timeline.js'
import { tell } from '../parts/toasts.js'

/** The job, why it waits, and the text of its payload and result as they are: numbers in them must not go through a parser. */
const viewOf = (jobText, why) => ({ job: JSON.parse(jobText), why, payload: rawProperty(jobText, 'payload'), result: rawProperty(jobText, 'result') })

export function JobPage({ id }) {
  const [logEnd, setLogEnd] = useState(0)
  const view = useLoad(async signal => {
    const [job, why] = await Promise.all([getText(`/jobs/${encodeURIComponent(id)}`, signal), getText(`/jobs/${encodeURIComponent(id)}/why`, signal)])
    return viewOf(job, JSON.parse(why))
  }, [id])
  useLive(view.data ? `job=${encodeURIComponent(id)}` : null, {
    job: (event, text) => {
      view.set(viewOf(rawProperty(text, 'job'), event.why))
      setLogEnd(event.logEnd ?? 0)
    },
  })
  return html`<${Loaded} from=${view} what="the job" title=${html`<span class="job-id mono">${id}</span>`}>${data => html`<${Job} ...${data} logEnd=${logEnd} onChanged=${view.reload} />`}<//>`
}

const Job = ({ job, why, payload, result, logEnd, onChanged }) => html`
  <${Head} crumb=${html`<a href=${href('/jobs')}>Jobs</a> / <a href=${classHref(job.class)}>${job.class}</a>`}
    title=${html`<span class="job-id mono">${job.id}</span> <${State} is=${job.state} />`}>
    <${Copy} text=${job.id} what="the job’s id" />
    <${Acts} job=${job} payload=${payload} onChanged=${onChanged} />
  <//>
  ${why.reason !== 'None' && html`<${Why} why=${why} />`}
  ${job.cancelRequested && job.state === 'Running' && html`<div class="banner note"><p>The running attempt was asked to stop; it ends when its handler does.</p></div>`}
  ${job.waitedFor === 'Alone' && job.state === 'Running' && html`<div class="banner note"><p>It runs alone in its process, because ${job.siloLosses} silos were lost while they ran it. If this one is lost too, the job is dead-lettered.</p></div>`}
  ${job.progress && !isTerminal(job.state) && html`<${Progress} progress=${job.progress} />`}
  <div class="job-columns">
    <div class="stack">
      <${Card} title="Timeline" aside=${`attempt ${job.attempt} of ${job.maxAttempts}`}><${Timeline} job=${job} why=${why} /><//>
      ${job.oddity && html`<${Card} title="The stored row is odd" kind="bad-edge"><p>${job.oddity}</p><p class="muted">Another program wrote it. What is shown in the place of such a value is not what is stored. A job with it is not run.</p><//>`}
      ${job.lastError && html`<${Card} title=${job.state === 'Succeeded' ? 'Last error, before it succeeded' : 'Last error'} kind="bad-edge"><${ErrorView} error=${job.lastError} isOpen /><//>`}
      <${JobLog} id=${job.id} end=${logEnd} version=${job.version} />
    </div>
    <div class="stack">
      <${Facts} job=${job} />
      <${Content} title="Payload" json=${payload} base64=${job.payloadBase64} type=${job.contentType} empty="It carries nothing." />
      ${job.state === 'Succeeded' && html`<${Content} title="Result" json=${result} base64=${job.resultBase64} type=${job.contentType} empty="It gave no result." />`}
    </div>
  </div>`

const WAITS = {
  NotDue: 'Its time has not come', Paused: 'Its class is paused', NoSilo: 'No silo takes its class', ClassCap: 'Its class runs all it may', TenantCap: 'Its tenant runs all it may',
  Rate: 'The rate is used up', PoolFull: 'All slots are taken', TenantShare: 'Others come first', Dispatching: 'It is on its way', UnknownClass: 'No host has its class',
  Suspected: 'It may end its silos', Alone: 'It has to run alone',
}

const Why = ({ why }) => html`
  <section class="why" aria-label="Why it waits">
    <${Icon} name="clock" size=${22} />
    <div>
      <h2>Why it waits: ${WAITS[why.reason] ?? why.reason}</h2>
      <p>${why.explanation}</p>
      ${why.until && html`<p class="muted">That ends <${Ago} at=${why.until} />.</p>`}
    </div>
  </section>`

const Progress = ({ progress }) => html`
  <section class="card job-progress" aria-label="Progress">
    <p><strong>${Math.round(progress.fraction * 100)} %</strong> ${progress.message} <span class="muted">reported <${Ago} at=${progress.reportedAt} /></span></p>
    <progress max="1" value=${progress.fraction} aria-label="Progress of the attempt"></progress>
  </section>`

const Facts = ({ job }) => html`
  <${Card} title="Facts">
    <dl class="facts">
      <dt>Tenant</dt><dd><a href=${href('/jobs', toQuery({ class: job.class, tenant: job.tenant }))}><${Tenant} name=${job.tenant} /></a></dd>
      <dt>Submitted</dt><dd><${Ago} at=${job.submittedAt} /></dd>
      ${!isTerminal(job.state) && html`<dt>Due</dt><dd><${Ago} at=${job.dueAt} /></dd>`}
      ${job.startedAt && html`<dt>Last started</dt><dd><${Ago} at=${job.startedAt} /></dd>`}
      ${job.finishedAt && html`<dt>Ended</dt><dd><${Ago} at=${job.finishedAt} /></dd>`}
      ${job.silo && html`<dt>Silo</dt><dd class="wrap">${job.silo}</dd>`}
      ${job.siloLosses > 0 && html`<dt>Silos lost</dt><dd>${job.siloLosses} <span class="muted">while they ran it</span></dd>`}
      <dt>Priority</dt><dd>${job.priority} <span class="muted">of 0 to 9</span></dd>
      ${job.cost !== 1 && html`<dt>Cost</dt><dd>${job.cost}</dd>`}
      ${job.timeout && html`<dt>Timeout</dt><dd>${span(job.timeout)} an attempt</dd>`}
      ${job.uniqueKey && html`<dt>Unique key</dt><dd class="wrap mono">${job.uniqueKey}</dd>`}
      ${job.tags.length > 0 && html`<dt>Tags</dt><dd>${job.tags.map(tag => html`<a class="tag" href=${href('/jobs', toQuery({ tag }))}>${tag}</a> `)}</dd>`}
      ${job.traceParent && html`<dt>Trace</dt><dd class="wrap"><span class="mono">${job.traceParent.split('-')[1] ?? job.traceParent}</span> <${Copy} text=${job.traceParent.split('-')[1] ?? job.traceParent} what="the trace id" /></dd>`}
      <dt>Version</dt><dd>${job.version}</dd>
    </dl>
  <//>`

const Content = ({ title, json, base64, type, empty }) => html`
  <${Card} title=${title} aside=${json !== undefined ? html`${bytes(new TextEncoder().encode(json).length)} <${Copy} text=${json} what=${title.toLowerCase()} />` : type}>
    ${json !== undefined ? html`<${JsonView} text=${json} label=${title} />` : base64 ? html`<${BytesView} base64=${base64} type=${type} />` : html`<p class="muted">${empty}</p>`}
  <//>`

/** What can be done in the state that the job is in, by whom. */
function Acts({ job, payload, onChanged }) {
  const who = useStore(session)
  const [asking, setAsking] = useState(null)
  if (!may(who, 'Operator')) return null
  const waits = !isTerminal(job.state) && job.state !== 'Running'
  const act = (path, told) => async ({ reason } = {}) => {
    await post(`/jobs/${job.id}/${path}`, reason ? { reason } : undefined)
    tell(told)
    onChanged()
  }
  const erase = async () => {
    await remove(`/jobs/${job.id}`)
    tell('The job is deleted.')
    go('/jobs', toQuery({ class: job.class }))
  }
  const close = () => setAsking(null)
  return html`
    ${(waits || job.state === 'DeadLettered' || job.state === 'Cancelled') && html`<button type="button" onClick=${() => setAsking('retry')}>${waits ? 'Run now' : 'Retry'}</button>`}
    <button type="button" onClick=${() => setAsking('resubmit')}>Edit and resubmit</button>
    ${!isTerminal(job.state) && html`<button type="button" class="danger" disabled=${job.cancelRequested} onClick=${() => setAsking('cancel')}>Cancel</button>`}
    ${waits && html`<button type="button" class="danger" onClick=${() => setAsking('deadLetter')}>Dead-letter</button>`}
    ${isTerminal(job.state) && html`<button type="button" class="danger" onClick=${() => setAsking('delete')}>Delete</button>`}
    ${asking === 'retry' && html`<${Ask} title=${waits ? 'Run this job now?' : 'Retry this job?'} verb=${waits ? 'Run it now' : 'Retry it'} act=${act('retry', waits ? 'The job is due now.' : 'The job is back in the backlog.')} onClose=${close}>
      <p>${waits ? 'Its due time becomes now; it still waits for a slot.' : `It goes back into the backlog with ${many(job.maxAttempts, 'attempt')}, on this very payload.`}</p><//>`}
    ${asking === 'cancel' && html`<${Ask} title="Cancel this job?" verb="Cancel it" isDanger act=${act('cancel', job.state === 'Running' ? 'The attempt was asked to stop.' : 'The job is cancelled.')} onClose=${close}>
      <p>${job.state === 'Running' ? 'The running attempt is asked to stop, and ends when its handler does.' : 'It ends at once.'}</p>
      <label>Reason <span class="muted">(optional)</span><input name="reason" maxlength="1024" autocomplete="off" /></label><//>`}
    ${asking === 'deadLetter' && html`<${Ask} title="Send this job to the dead letters?" verb="Dead-letter it" isDanger act=${act('dead-letter', 'The job is in the dead letters.')}
      check=${({ reason }) => (reason?.trim() ? null : 'Say why: the reason stays with the job.')} onClose=${close}>
      <p>It does not run any more until somebody retries it.</p>
      <label>Reason<input name="reason" maxlength="1024" autocomplete="off" /></label><//>`}
    ${asking === 'delete' && html`<${Ask} title="Delete this job?" verb="Delete it" isDanger act=${erase} onClose=${close}><p>It goes for good: ${LOST}</p><//>`}
    ${asking === 'resubmit' && html`<${Resubmit} job=${job} payload=${payload} onClose=${close} />`}`
}
