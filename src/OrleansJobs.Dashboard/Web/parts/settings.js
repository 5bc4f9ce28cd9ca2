// The limits of a class: read by everybody, paused by operators, changed by admins.
import { html, useState } from '../lib/html.js'
import { may, patch, post, session } from '../lib/api.js'
import { count, limitRate, seconds, toSpan } from '../lib/format.js'
import { changeOf, parseWeights, weightsText } from '../lib/limits.js'
import { useStore } from '../lib/store.js'
import { Problem } from './bits.js'
import { tell } from './toasts.js'

const MOST_WEIGHTS_SHOWN = 20

export function Settings({ status, isOpen, onChanged }) {
  const who = useStore(session)
  const [edit, setEdit] = useState(isOpen)
  const { settings } = status
  const can = may(who, 'Admin')
  const pause = async () => {
    try {
      onChanged(await post(`/classes/${encodeURIComponent(status.class)}/${settings.paused ? 'resume' : 'pause'}`))
      tell(settings.paused ? 'The class starts jobs again.' : 'The class is paused; what runs goes on.')
    } catch (error) {
      tell(error.message, 'bad')
    }
  }
  return html`
    <section class="card settings">
      <header class="card-head"><h2>Limits</h2>
        <div class="actions">
          ${may(who, 'Operator') && html`<button type="button" class="small" onClick=${pause}>${settings.paused ? 'Resume' : 'Pause'}</button>`}
          ${can && html`<button type="button" class="small" aria-expanded=${edit} onClick=${() => setEdit(!edit)}>${edit ? 'Leave them' : 'Change…'}</button>`}
        </div>
      </header>
      <${Now} settings=${settings} ceiling=${status.maxLocalWorkersCeiling} />
      ${edit && can && html`<${Form} key=${settings.revision} status=${status} onChanged=${changed => { onChanged(changed); setEdit(false) }} />`}
      ${!can && html`<p class="muted">Changing them needs the role admin; you are ${who.role.toLowerCase()}.</p>`}
    </section>`
}

const Now = ({ settings, ceiling }) => html`
  <dl class="figures-grid wide">
    <div class="figure"><dt>Permits on each silo</dt><dd>${count(settings.maxLocalWorkers)} <small class="muted">of up to ${count(ceiling)}</small></dd></div>
    <div class="figure"><dt>Running in the cluster</dt><dd>${settings.maxConcurrentJobs ? `at most ${count(settings.maxConcurrentJobs)}` : 'no limit'}</dd></div>
    <div class="figure"><dt>Running for one tenant</dt><dd>${settings.maxConcurrentJobsPerTenant ? `at most ${count(settings.maxConcurrentJobsPerTenant)}` : 'no limit'}</dd></div>
    <div class="figure"><dt>Starts</dt><dd>${limitRate(settings.rate)}</dd></div>
    <div class="figure"><dt>Tenants’ weights</dt><dd class="wrap">${weightsInWords(settings.tenantWeights)}</dd></div>
    <div class="figure"><dt>State</dt><dd>${settings.paused ? 'paused' : 'starts jobs'} <small class="muted">revision ${settings.revision}</small></dd></div>
  </dl>`

function weightsInWords(weights) {
  const all = Object.entries(weights)
  if (all.length === 0) return 'all the same'
  const shown = all.slice(0, MOST_WEIGHTS_SHOWN).map(([tenant, weight]) => `${tenant || 'shared'} ${weight}`).join(', ')
  return all.length > MOST_WEIGHTS_SHOWN ? `${shown} and ${all.length - MOST_WEIGHTS_SHOWN} more` : shown
}

// Live updates render the form again: a value would take the place of what is typed, a default does not.
function Form({ status, onChanged }) {
  const { settings, maxLocalWorkersCeiling: ceiling } = status
  const [state, setState] = useState({})
  const submit = async event => {
    event.preventDefault()
    const form = Object.fromEntries(new FormData(event.target))
    const weights = parseWeights(form.weights)
    if (weights.fault) return setState({ error: { title: 'Weights', message: weights.fault } })
    const change = changeOf(settings, { ...form, weights: weights.weights, period: toSpan(Number(form.period)) })
    if (Object.keys(change).length === 0) return setState({ error: { title: 'Nothing to change', message: 'All limits are as they were.' } })
    setState({ busy: true })
    try {
      onChanged(await patch(`/classes/${encodeURIComponent(status.class)}`, change))
      tell('The limits are in force.')
    } catch (error) {
      setState({ error })
    }
  }
  return html`
    <form class="form settings-form" onSubmit=${submit}>
      <div class="form-row">
        <label>Permits on each silo <span class="muted">0 to ${count(ceiling)}</span><input name="maxLocalWorkers" type="number" min="0" max=${ceiling} required defaultValue=${settings.maxLocalWorkers} /></label>
        <label>Running in the cluster <span class="muted">0: no limit</span><input name="maxConcurrentJobs" type="number" min="0" max="1000000" required defaultValue=${settings.maxConcurrentJobs} /></label>
        <label>For one tenant <span class="muted">0: no limit</span><input name="maxConcurrentJobsPerTenant" type="number" min="0" max="1000000" required defaultValue=${settings.maxConcurrentJobsPerTenant} /></label>
      </div>
      <div class="form-row">
        <label>Starts <span class="muted">0: no limit</span><input name="permits" type="number" min="0" max="1000000" required defaultValue=${settings.rate.permits} /></label>
        <label>in so many seconds<input name="period" type="number" min="0.001" max="86400" step="any" required defaultValue=${seconds(settings.rate.period) || 1} /></label>
        <label>Burst <span class="muted">(optional)</span><input name="burst" type="number" min="1" defaultValue=${settings.rate.permits ? settings.rate.burst : ''} /></label>
      </div>
      <label>Tenants’ weights <span class="muted">a line each, as in <code>acme 3</code>; who is not named has 1</span>
        <textarea name="weights" rows="3" spellcheck=${false} defaultValue=${weightsText(settings.tenantWeights)}></textarea></label>
      ${state.error && html`<${Problem} error=${state.error} />`}
      <div class="form-actions"><span class="muted">In force in the whole cluster at once, and after restarts.</span><button type="submit" class="primary" disabled=${state.busy}>${state.busy ? 'Working…' : 'Change the limits'}</button></div>
    </form>`
}
