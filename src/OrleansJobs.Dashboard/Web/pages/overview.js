// Does every class keep up, and if not, what holds it back?
import { html } from '../lib/html.js'
import { get, may, session } from '../lib/api.js'
import { count, duration, keepingUp, percent, rate, seconds, short } from '../lib/format.js'
import { backlog, failureRate, mergeOverview, perSecond, present, series, slots } from '../lib/history.js'
import { useLive } from '../lib/live.js'
import { useLoad } from '../lib/load.js'
import { classHref, href } from '../lib/router.js'
import { toQuery } from '../lib/filters.js'
import { useStore } from '../lib/store.js'
import { Ago, Empty, Figure, Head, Loaded } from '../parts/bits.js'
import { Gauge } from '../parts/gauge.js'
import { Quantiles } from '../parts/histogram.js'
import { Sparkline } from '../parts/sparkline.js'
import { Verdict, VerdictBadge, verdictTone } from '../parts/verdict.js'

export function Overview() {
  const overview = useLoad(signal => get('/overview', signal), [])
  useLive(overview.data ? 'overview' : null, {
    overview: event => {
      const merged = mergeOverview(overview.data, event)
      if (merged) overview.set(merged)
      else overview.reload()
    },
  })
  return html`
    <${Loaded} from=${overview} what="the job classes" title="Overview">
      ${({ at, classes }) => html`
        <${Head} title="Overview" lead=${classes.length > 0 && summary(classes)}><span class="muted nowrap">as of <${Ago} at=${at} /></span><//>
        ${classes.length === 0
          ? html`<${Empty} title="No job classes yet">A class appears here when a silo registers a handler for it: <code>jobs.AddHandler<…>("email", …)</code>.<//>`
          : html`<div class="class-cards">${[...classes].sort(byNeed).map(one => html`<${ClassCard} key=${one.status.class} overview=${one} />`)}</div>`}`}
    <//>`
}

/** What needs somebody comes first; beyond that, the order never changes under the reader's hands. */
const NEED = { bad: 0, warn: 1, info: 2, tint: 2, idle: 3, ok: 4 }
const byNeed = (left, right) =>
  NEED[verdictTone(left.history.verdict.kind)] - NEED[verdictTone(right.history.verdict.kind)] || left.status.class.localeCompare(right.status.class)

function summary(classes) {
  const behind = classes.filter(one => one.history.verdict.kind !== 'KeepsUp').length
  const waiting = classes.reduce((total, one) => total + backlog(one.status), 0)
  const running = classes.reduce((total, one) => total + slots(one.status).running, 0)
  return `${keepingUp(classes.length, behind)} · ${count(running)} running · ${count(waiting)} waiting`
}

function ClassCard({ overview: { status, history } }) {
  const who = useStore(session)
  const pool = slots(status)
  const now = present(history)
  const name = status.class
  return html`
    <article class=${`card class-card edge-${verdictTone(history.verdict.kind)}`} aria-label=${`Class ${name}`}>
      <header class="card-head">
        <h2 class="wrap"><a href=${classHref(name)}>${name}</a></h2>
        <${VerdictBadge} kind=${history.verdict.kind} />
      </header>
      <${Verdict} verdict=${history.verdict} status=${status} canChange=${may(who, 'Operator')} />
      <div class="class-now">
        <${Gauge} ...${pool} />
        <dl class="figures-grid">
          <${Figure} name="Backlog"><a href=${href('/jobs', toQuery({ class: name, state: 'Queued' }))}>${count(backlog(status))}</a><//>
          <${Figure} name="Oldest wait" title="How long the job at the head of the backlog has been due">${duration(seconds(history.oldestWait))}<//>
          <${Figure} name="In">${rate(now.arrivals)}<//>
          <${Figure} name="Out">${rate(now.finishes)}<//>
          <${Figure} name="Failures" title="The part of attempts that failed, over 15 minutes">${percent(failureRate(history.points))}<//>
          <${Figure} name="Dead letters"><a href=${href('/dead-letters', toQuery({ class: name }))}>${count(status.counts.deadLettered)}</a><//>
        </dl>
      </div>
      <${Sparks} history=${history} />
      ${history.wait.count + history.run.count === 0
        ? html`<p class="latencies muted">No attempt in the last 15 minutes.</p>`
        : html`<div class="latencies"><h3>Wait</h3><${Quantiles} of=${history.wait} /><h3>Run</h3><${Quantiles} of=${history.run} /></div>`}
    </article>`
}

function Sparks({ history }) {
  const [, arrived, finished, waiting, running] = series(history, perSecond(history, 'arrived'), perSecond(history, 'finished'), point => point.waiting, point => point.running)
  return html`
    <div class="sparks">
      <${Sparkline} name="In and out" note="━ out ┅ in" format=${rate} lines=${[{ name: 'out', values: finished, kind: 'line-2' }, { name: 'in', values: arrived, kind: 'line-1' }]} />
      <${Sparkline} name="Waiting" format=${short} lines=${[{ values: waiting, kind: 'line-4' }]} />
      <${Sparkline} name="Running" format=${short} lines=${[{ values: running, kind: 'line-1' }]} />
    </div>`
}
