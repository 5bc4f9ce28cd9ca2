// What does this class do, where is its bottleneck, and what happens when I change its limits?
import { html, useMemo } from '../lib/html.js'
import { get, may, session } from '../lib/api.js'
import { count, duration, percent, rate, seconds, short } from '../lib/format.js'
import { backlog, failureRate, mergePoints, perSecond, present, series, slots } from '../lib/history.js'
import { useLive } from '../lib/live.js'
import { useLoad } from '../lib/load.js'
import { href } from '../lib/router.js'
import { toQuery } from '../lib/filters.js'
import { useStore } from '../lib/store.js'
import { Ago, Card, Empty, Figure, Head, JobLink, Loaded, Problem, Table, Tenant } from '../parts/bits.js'
import { Chart } from '../parts/chart.js'
import { Gauge } from '../parts/gauge.js'
import { Histogram } from '../parts/histogram.js'
import { Overstaying } from '../parts/overstaying.js'
import { Settings } from '../parts/settings.js'
import { TenantShares } from '../parts/tenant-shares.js'
import { Verdict, VerdictBadge, verdictTone } from '../parts/verdict.js'

export function ClassPage({ name, query }) {
  const path = `/classes/${encodeURIComponent(name)}`
  const overview = useLoad(signal => get(`${path}/overview`, signal), [name])
  const tenants = useLoad(signal => get(`${path}/tenants`, signal), [name])
  const errors = useLoad(signal => get(`${path}/errors`, signal), [name])
  useLive(overview.data ? `overview&class=${encodeURIComponent(name)}` : null, {
    overview: event => follow(overview, event.classes.find(one => one.status.class === name)),
    class: event => {
      tenants.set(event.tenants)
      errors.set(event.errors)
    },
  })
  return html`
    <${Loaded} from=${overview} what=${`the class ${name}`} title=${name}>
      ${({ status, history }) => html`
        <${Title} name=${name} status=${status} verdict=${history.verdict} />
        <section class=${`card edge-${verdictTone(history.verdict.kind)} class-head`}>
          <${Verdict} verdict=${history.verdict} status=${status} isOpen />
          <div class="class-now"><${Gauge} ...${slots(status)} /><${Figures} status=${status} history=${history} /></div>
        </section>
        <${Settings} status=${status} isOpen=${query.includes('steer')} onChanged=${settings => overview.set(old => ({ ...old, status: { ...old.status, settings } }))} />
        <${Charts} history=${history} />
        <div class="two-columns">
          <${Card}><${Histogram} title="Waits" buckets=${history.waits} summary=${history.wait} empty="No attempt was started in the last 15 minutes." /><//>
          <${Card}><${Histogram} title="Runs" buckets=${history.runs} summary=${history.run} empty="No attempt has ended in the last 15 minutes." /><//>
        </div>
        <${Card} title="Tenants" aside="shares of the starts of 15 minutes"><${Loaded} from=${tenants} what="the tenants">${all => html`<${TenantShares} tenants=${all} jobClass=${name} />`}<//><//>
        <${Card} title="Errors" aside=${html`since <${Ago} at=${status.since} />`}><${Loaded} from=${errors} what="the errors">${all => html`<${Errors} errors=${all} jobClass=${name} />`}<//><//>
        <${Pools} pools=${status.pools} />`}
    <//>`
}

/** Live, a class's history is its last two points only. */
function follow(overview, next) {
  if (!next) return
  const points = mergePoints(overview.data.history.points, next.history.points, seconds(next.history.period))
  if (points) overview.set({ ...next, history: { ...next.history, points } })
  else overview.reload()
}

const Title = ({ name, status, verdict }) => html`
  <${Head} crumb=${html`<a href=${href('/')}>Overview</a>`} title=${name}>
    <${VerdictBadge} kind=${verdict.kind} />
    <a class="button" href=${href('/jobs', toQuery({ class: name }))}>Its jobs</a>
    <a class="button" href=${href('/results', toQuery({ class: name }))}>Its results</a>
    ${status.counts.deadLettered > 0 && html`<a class="button" href=${href('/dead-letters', toQuery({ class: name }))}>${count(status.counts.deadLettered)} dead letters</a>`}
  <//>`

function Figures({ status, history }) {
  const now = present(history)
  const link = (state, value) => html`<a href=${href('/jobs', toQuery({ class: status.class, state }))}>${count(value)}</a>`
  return html`
    <dl class="figures-grid wide">
      <${Figure} name="Backlog">${link('Queued', backlog(status))}<//>
      <${Figure} name="Oldest wait">${duration(seconds(history.oldestWait))}<//>
      <${Figure} name="In">${rate(now.arrivals)}<//>
      <${Figure} name="Out">${rate(now.finishes)}<//>
      <${Figure} name="Failures">${percent(failureRate(history.points))}<//>
      <${Figure} name="Scheduled">${link('Scheduled', status.counts.scheduled)}<//>
      <${Figure} name="Retrying">${link('Retrying', status.counts.retrying)}<//>
      <${Figure} name="Running">${link('Running', status.counts.running)}<//>
      <${Figure} name="Succeeded">${link('Succeeded', status.counts.succeeded)}<//>
      <${Figure} name="Cancelled">${link('Cancelled', status.counts.cancelled)}<//>
    </dl>`
}

function Charts({ history }) {
  const { points } = history
  const flow = useMemo(() => series(history, perSecond(history, 'arrived'), perSecond(history, 'finished'), perSecond(history, 'failed')), [points])
  const load = useMemo(() => series(history, point => point.permits, point => point.running), [points])
  const wait = useMemo(() => series(history, point => point.waiting), [points])
  const times = useMemo(() => series(history, point => seconds(point.meanWait), point => seconds(point.meanRun)), [points])
  if (flow[0].length < 2) return html`<${Card} title="History"><${Empty} title="Nothing yet">Charts begin to grow here within seconds, and go back 15 minutes.<//><//>`
  return html`
    <div class="two-columns">
      <${Card}><${Chart} title="Throughput" data=${flow} format=${rate} series=${[{ name: 'in', colour: 1 }, { name: 'out', colour: 2, isArea: true }, { name: 'failed attempts', colour: 3 }]} /><//>
      <${Card}><${Chart} title="Slots" data=${load} format=${short} series=${[{ name: 'there', colour: 4 }, { name: 'taken', colour: 1, isArea: true }]} /><//>
      <${Card}><${Chart} title="Waiting in memory" data=${wait} format=${short} series=${[{ name: 'waiting', colour: 4, isArea: true }]} /><//>
      <${Card}><${Chart} title="Mean times" data=${times} format=${duration} series=${[{ name: 'wait', colour: 4 }, { name: 'run', colour: 1 }]} /><//>
    </div>`
}

function Errors({ errors, jobClass }) {
  const who = useStore(session)
  if (errors.length === 0) return html`<p class="muted">No attempt has failed since the class’s dispatcher began to count.</p>`
  return html`
    <${Table} label="Errors by type and message" head=${[{ number: 'Times' }, 'Error', 'First', 'Last', 'Last job', ...(may(who, 'Viewer') ? ['Jobs'] : [])]}>
      ${errors.map(group => html`
        <tr>
          <td class="number"><strong>${count(group.count)}</strong></td>
          <td><span class="mono wrap">${group.type}</span><p class="wrap muted">${group.message}</p></td>
          <td class="nowrap"><${Ago} at=${group.firstAt} /></td>
          <td class="nowrap"><${Ago} at=${group.lastAt} /></td>
          <td><${JobLink} id=${group.lastJob} /></td>
          <td class="nowrap"><a href=${href('/jobs', toQuery({ class: jobClass, error: group.type.slice(0, 200) }))}>with this type</a></td>
        </tr>`)}
    <//>`
}

const Pools = ({ pools }) => html`
  <${Card} title="Pools" aside="one on each silo">
    ${pools.length === 0
      ? html`<${Problem} error=${{ title: 'No silo takes jobs of this class', message: 'Start one that registers it, or look whether the ones that run are draining.' }} />`
      : html`<${Table} label="Pools" head=${['Silo', { number: 'Taken' }, { number: 'Permits' }, { number: 'Without a lease' }, 'State', 'Last heard']}>
          ${pools.map(pool => html`<tr><td class="wrap">${pool.silo}</td><td class="number">${count(pool.running)}</td><td class="number">${count(pool.permits)}</td>
            <td class="number"><${Overstaying} of=${pool} /></td>
            <td>${pool.draining ? 'draining' : 'takes jobs'}</td><td class="nowrap"><${Ago} at=${pool.seenAt} /></td></tr>`)}<//>`}
  <//>`
