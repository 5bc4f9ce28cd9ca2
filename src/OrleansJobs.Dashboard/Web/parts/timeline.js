// A job's life: a strip for a glance, and the same as a list.
import { html } from '../lib/html.js'
import { clock, duration, exact } from '../lib/format.js'
import { useNow } from '../lib/now.js'
import { hasForgotten, isTerminal, steps, totals } from '../lib/timeline.js'
import { Ago, State } from './bits.js'
import { ErrorView } from './error-view.js'

// What held an attempt back, now that it is over.
const HELD_BY = {
  NotDue: 'it was not due', Paused: 'its class was paused', NoSilo: 'no silo took jobs of its class',
  ClassCap: 'its class ran as many jobs as it may', TenantCap: 'its tenant ran as many jobs as it may',
  Rate: 'the rate of its class was used up', PoolFull: 'all slots were taken', TenantShare: 'others came first',
  Dispatching: 'silos had to report first',
  Suspected: 'silos were lost while it ran, so it ran beside few others of that kind', Alone: 'silos were lost while it ran, so it ran alone in its process',
}

const WIDTH = 600
const HEIGHT = 16

export function Timeline({ job, why }) {
  const now = useNow()
  const all = steps(job)
  const { waited, ran } = totals(all, now)
  return html`
    <p class="muted">Waited ${duration(waited)}, ran ${duration(ran)} in all.</p>
    <${Strip} all=${all} now=${now} label=${`Waited ${duration(waited)}, ran ${duration(ran)}`} />
    <ol class="timeline">
      <li class="is-start"><${Point} at=${job.submittedAt} /><p><strong>Submitted</strong>${hasForgotten(job) && html` <span class="muted">· its oldest attempts are not kept</span>`}</p></li>
      ${all.map(step => (step.kind === 'wait' ? html`<${Wait} step=${step} now=${now} job=${job} why=${why} />` : html`<${Run} step=${step} now=${now} />`))}
      ${isTerminal(job.state) && html`<li class=${`is-${job.state}`}><${Point} at=${job.finishedAt} /><p><${State} is=${job.state} /></p></li>`}
    </ol>`
}

const Point = ({ at }) => html`<time class="timeline-at mono" datetime=${at} title=${exact(Date.parse(at))}>${clock(Date.parse(at))}</time>`

function Wait({ step, now, job, why }) {
  const isNow = step.to === null
  return html`
    <li class="is-wait"><span class="timeline-at muted">${duration(((step.to ?? now) - step.from) / 1000)}</span>
      <p class="muted">${isNow ? html`Waiting${why.reason !== 'None' ? html`: ${why.explanation}` : ''}` : waitText(step, job)}</p></li>`
}

function waitText(step, job) {
  if (HELD_BY[step.reason]) return `waited: ${HELD_BY[step.reason]}`
  return step.from === Date.parse(job.submittedAt) ? 'waited for its first start' : 'waited for the next attempt'
}

const Run = ({ step, now }) => html`
  <li class=${`is-${step.outcome}`}>
    <${Point} at=${new Date(step.from).toISOString()} />
    <div>
      <p><strong>Attempt ${step.number}</strong> <${State} is=${step.outcome} /> ${step.outcome === 'Running' ? 'for' : 'after'} ${duration(Math.max(0, (step.to ?? now) - step.from) / 1000)}</p>
      <p class="muted wrap">on ${step.silo}</p>
      ${step.error && html`<details><summary class="clip">${step.error.message || step.error.type}</summary><${ErrorView} error=${step.error} /></details>`}
    </div>
  </li>`

/** Waits are thin, runs are thick: it reads without colours. */
function Strip({ all, now, label }) {
  const [from, to] = [all[0]?.from, all.at(-1)?.to ?? now]
  if (!(to > from)) return null
  const x = at => ((at - from) / (to - from)) * WIDTH
  return html`
    <svg class="strip" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${label}>
      ${all.map(step => {
        const width = Math.max(1.5, x(step.to ?? now) - x(step.from))
        return step.kind === 'wait'
          ? html`<rect class="strip-wait" x=${x(step.from)} width=${width} y=${HEIGHT / 2 - 2} height="4" />`
          : html`<rect class=${`strip-run is-${step.outcome}`} x=${x(step.from)} width=${width} y="0" height=${HEIGHT} rx="2" />`
      })}
    </svg>`
}
