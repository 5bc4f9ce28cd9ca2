// One act over all jobs of a filter: asking first, then showing how far it is.
import { html, useState } from '../lib/html.js'
import { get, may, post, session } from '../lib/api.js'
import { describe, isEmpty, KEYS, isSet } from '../lib/filters.js'
import { count, many } from '../lib/format.js'
import { useLive } from '../lib/live.js'
import { useLoad } from '../lib/load.js'
import { createStore, useStore } from '../lib/store.js'
import { isTerminal } from '../lib/timeline.js'
import { Ago } from './bits.js'
import { Ask } from './dialog.js'
import { tell } from './toasts.js'

/** What goes with a job that is deleted. */
export const LOST = 'payload, result, attempts, tags and log are lost, and the place in the results queue. Unique keys are free again. There is no way back.'

const ACTIONS = {
  retry: { verb: 'Retry', done: 'retried', note: 'Dead-lettered and cancelled jobs go back into the backlog with all their attempts; waiting ones are due now. Others stay as they are.' },
  cancel: { verb: 'Cancel', done: 'cancelled', note: 'Waiting jobs end at once, running ones are asked to stop. Ended ones stay as they are.', isDanger: true },
  deadLetter: { verb: 'Dead-letter', done: 'dead-lettered', note: 'Waiting jobs go to the dead letters. Running and ended ones stay as they are.', isDanger: true },
  delete: { verb: 'Delete', done: 'deleted', note: `Ended jobs go for good: ${LOST} Open ones stay as they are.`, isDanger: true },
}
const SHOWN = 5

/** The API writes names of acts as it writes all names, with a capital. */
const actionOf = run => ACTIONS[run.action[0].toLowerCase() + run.action.slice(1)] ?? { verb: run.action }

const goesOn = run => !run.endedAt

/** Rises when a run was begun here, so that the list of runs is read. */
const begun = createStore(0)

export function BulkButtons({ filter, actions = ['retry', 'cancel', 'deadLetter', 'delete'], noun = 'all that match' }) {
  const [action, setAction] = useState(null)
  if (isEmpty(filter)) return html`<p class="muted">Search for something to act on all jobs that match.</p>`
  return html`
    <div class="actions">${actions.filter(one => one !== 'delete' || !filter.state || isTerminal(filter.state)).map(one => html`
      <button type="button" class=${ACTIONS[one].isDanger ? 'small danger' : 'small'} onClick=${() => setAction(one)}>${ACTIONS[one].verb} ${noun}…</button>`)}</div>
    ${action && html`<${AskBulk} action=${action} filter=${filter} onClose=${() => setAction(null)} />`}`
}

export function AskBulk({ action, filter, onClose }) {
  const { verb, note, isDanger } = ACTIONS[action]
  const chosen = Object.fromEntries(KEYS.filter(key => isSet(filter, key)).map(key => [key, filter[key]]))
  const act = async ({ reason }) => {
    await post('/bulk', { action, filter: chosen, ...(reason ? { reason } : {}) })
    tell(`Begun: ${verb.toLowerCase()} ${describe(filter)}.`)
    begun.set(begun.get() + 1)
  }
  const check = ({ reason }) => (action === 'deadLetter' && !reason?.trim() ? 'Say why: the reason stays with the jobs.' : null)
  return html`
    <${Ask} title=${`${verb} ${describe(filter)}?`} verb=${`${verb} them`} isDanger=${isDanger} act=${act} check=${check} onClose=${onClose}>
      <p>${note}</p>
      <p class="muted">It runs in the background, over all jobs that match, not only those that the page shows. It can be stopped; what it has done stays done.</p>
      <label>Reason ${action === 'deadLetter' ? '' : html`<span class="muted">(optional)</span>`}<input name="reason" maxlength="1024" autocomplete="off" /></label>
    <//>`
}

/** The last runs, live while one of them goes on. */
export function BulkRuns() {
  const round = useStore(begun)
  const who = useStore(session)
  const runs = useLoad(signal => get('/bulk', signal), [round])
  const isActive = runs.data?.some(goesOn)
  useLive(isActive ? 'bulk' : null, { bulk: event => runs.set(event) })
  const shown = runs.data?.filter((run, index) => goesOn(run) || index < SHOWN) ?? []
  if (shown.length === 0) return null
  return html`
    <details class="card bulk-runs" open=${isActive || round > 0}>
      <summary>${isActive ? 'Bulk runs: at work' : 'Last bulk runs'}</summary>
      <ul>${shown.map(run => html`<${Run} key=${run.id} run=${run} canStop=${may(who, 'Operator')} onStop=${runs.reload} />`)}</ul>
    </details>`
}

function Run({ run, canStop, onStop }) {
  const { verb } = actionOf(run)
  const stop = async () => {
    try {
      await post(`/bulk/${run.id}/stop`)
    } catch (error) {
      tell(error.message, 'bad')
    }
    onStop()
  }
  return html`
    <li class="bulk-run">
      <div>
        <strong>${verb}</strong> <span class="wrap">${describe(run.filter)}</span>
        <p class="muted">${run.startedBy}, <${Ago} at=${run.startedAt} /> · ${many(run.examined, 'job')} looked at · <strong>${count(run.changed)} changed</strong>
          ${run.refused > 0 && html` · ${count(run.refused)} refused`}${run.left > 0 && html` · ${count(run.left)} newer ones left`}</p>
        ${run.error && html`<p class="fault">${run.error}</p>`}
      </div>
      <span role="status">${goesOn(run) ? 'Working…' : run.error ? 'Failed' : run.stopped ? 'Stopped' : 'Done'}</span>
      ${goesOn(run) && canStop && html`<button type="button" class="small" onClick=${stop}>Stop</button>`}
      ${goesOn(run) && html`<progress aria-label=${`${verb}: at work`}></progress>`}
    </li>`
}
