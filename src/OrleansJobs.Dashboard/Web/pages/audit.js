// Who changed what, when, from where?
import { html, useState } from '../lib/html.js'
import { get, may, session } from '../lib/api.js'
import { describe } from '../lib/filters.js'
import { count, limitRate, many } from '../lib/format.js'
import { useLoad } from '../lib/load.js'
import { classHref, go, href } from '../lib/router.js'
import { useStore } from '../lib/store.js'
import { Ago, Empty, Head, JobLink, Loaded, Problem, Table } from '../parts/bits.js'

const PAGE = 100
const KINDS = { Change: 'changes', SignIn: 'sign-ins and sign-outs', Refusal: 'refusals', Submit: 'submits' }

const read = (kind, cursor, signal) => get(`/audit?limit=${PAGE}${kind ? `&kind=${kind}` : ''}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, signal)

export function Audit({ query }) {
  const who = useStore(session)
  if (!may(who, 'Operator')) {
    return html`<${Head} title="Audit" /><${Empty} title="For operators and admins">The trail names people and where they work from. You are ${who.role.toLowerCase()}; a key with the role operator opens it.<//>`
  }
  const kind = new URLSearchParams(query).get('kind')
  return html`<${Trail} key=${kind} kind=${kind in KINDS ? kind : ''} />`
}

function Trail({ kind }) {
  const page = useLoad(signal => read(kind, null, signal), [kind])
  const [state, setState] = useState({})
  const more = async () => {
    setState({ busy: true })
    try {
      const next = await read(kind, page.data.nextCursor)
      page.set(old => ({ ...next, entries: [...old.entries, ...next.entries] }))
      setState({})
    } catch (error) {
      setState({ error })
    }
  }
  return html`
    <${Head} title="Audit" lead="Acts of people and programs, the newest first, also those that were refused." />
    <div class="filters">
      <label>Kind<select value=${kind} onChange=${event => go('/audit', event.target.value && `?kind=${event.target.value}`)}>
        <option value="">all kinds</option>
        ${Object.entries(KINDS).map(([value, text]) => html`<option value=${value}>${text}</option>`)}
      </select></label>
    </div>
    <${Loaded} from=${page} what="the audit trail">
      ${({ entries, nextCursor }) => (entries.length === 0
        ? kind ? html`<${Empty} title="No such entries">There are no ${KINDS[kind]} in the trail. <a href=${href('/audit')}>All kinds</a><//>`
          : html`<${Empty} title="Nobody has done anything yet">Cancels, retries, deletes, pauses, changes of limits, bulk runs, drains and sign-ins appear here.<//>`
        : html`
          <section class="card flush">
            <${Table} label="Audit trail" head=${['When', 'Who', 'Did', 'To', 'How it ended', 'From']}>${entries.map(entry => html`<${Entry} key=${entry.sequence} entry=${entry} />`)}<//>
          </section>
          ${state.error && html`<${Problem} error=${state.error} />`}
          ${nextCursor && html`<button type="button" class="more" disabled=${state.busy} onClick=${more}>${state.busy ? 'Reading…' : 'Show older ones'}</button>`}`)}
    <//>`
}

const OUTCOMES = { Done: 'is-Succeeded', Refused: 'is-Retrying', Failed: 'is-DeadLettered' }

const Entry = ({ entry }) => html`
  <tr>
    <td class="nowrap"><${Ago} at=${entry.at} /></td>
    <td class="wrap">${entry.who} <small class="muted">${entry.role}</small></td>
    <td class="nowrap">${entry.verb}</td>
    <td><${Target} entry=${entry} />${entry.reason && html`<p class="muted wrap">“${entry.reason}”</p>`}<${Changes} before=${entry.before} after=${entry.after} /></td>
    <td class="nowrap"><span class=${`badge ${OUTCOMES[entry.outcome]}`}>${entry.outcome}</span> ${entry.error && html`<small class="muted">${entry.error}</small>`}</td>
    <td class="mono nowrap">${entry.from ?? '–'}</td>
  </tr>`

const Target = ({ entry }) => html`
  ${entry.class && html`<a class="wrap" href=${classHref(entry.class)}>${entry.class}</a> `}${entry.jobId && html`<${JobLink} id=${entry.jobId} />`}
  ${entry.filter && html`<span class="wrap">${describe(filterOf(entry.filter))}</span>`}${entry.jobs != null && html` <span class="muted">${many(entry.jobs, 'job')}</span>`}`

/** In the trail a filter has the API's names of a job's filter. */
const filterOf = ({ submittedFrom, submittedBefore, ...rest }) => ({ ...rest, from: submittedFrom, before: submittedBefore })

const NAMES = { maxLocalWorkers: 'permits', maxConcurrentJobs: 'in the cluster', maxConcurrentJobsPerTenant: 'for one tenant', rate: 'rate', tenantWeights: 'weights', paused: 'paused' }

function Changes({ before, after }) {
  if (!before || !after) return null
  const changed = Object.keys(NAMES).filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return changed.length > 0 && html`<p class="muted wrap">${changed.map(name => `${NAMES[name]}: ${show(name, before[name])} → ${show(name, after[name])}`).join(' · ')}</p>`
}

function show(name, value) {
  if (name === 'rate') return limitRate(value)
  if (name === 'paused') return value ? 'yes' : 'no'
  if (name === 'tenantWeights') return Object.entries(value).map(([tenant, weight]) => `${tenant || 'shared'} ${weight}`).join(', ') || 'all the same'
  return count(value)
}
