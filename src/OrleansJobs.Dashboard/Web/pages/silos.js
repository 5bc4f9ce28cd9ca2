// Which processes run jobs, and how are they?
import { html, useState } from '../lib/html.js'
import { get, may, post, session } from '../lib/api.js'
import { bytes, count, many, percent } from '../lib/format.js'
import { useLive } from '../lib/live.js'
import { useLoad } from '../lib/load.js'
import { classHref } from '../lib/router.js'
import { useStore } from '../lib/store.js'
import { Ago, Empty, Figure, Head, JobLink, Loaded, Since, Table, Tenant } from '../parts/bits.js'
import { Ask } from '../parts/dialog.js'
import { Overstaying } from '../parts/overstaying.js'
import { tell } from '../parts/toasts.js'

export function Silos() {
  const silos = useLoad(signal => get('/silos', signal), [])
  const [draining, setDraining] = useState(null)
  useLive(silos.data ? 'silos' : null, { silos: event => silos.set(event) })
  const drain = async () => {
    await post(`/silos/${encodeURIComponent(draining)}/drain`)
    tell(`${draining} takes no more jobs.`)
    silos.reload()
  }
  return html`
    <${Head} title="Silos" lead="The processes that run jobs, as they say of themselves." />
    <${Loaded} from=${silos} what="the silos">
      ${all => (all.length === 0
        ? html`<${Empty} title="No silo is up">Jobs wait until one is. Start a host with the grid’s job classes.<//>`
        : all.map(silo => html`<${Silo} key=${silo.silo} silo=${silo} onDrain=${() => setDraining(silo.silo)} />`))}
    <//>
    ${draining && html`
      <${Ask} title=${`Drain ${draining}?`} verb="Drain it" isDanger act=${drain} onClose=${() => setDraining(null)}>
        <p>It takes no more jobs for as long as its process lives; what it runs goes on. Other silos take over. Restart the process to have it take jobs again.</p>
      <//>`}`
}

function Silo({ silo, onDrain }) {
  const who = useStore(session)
  return html`
    <section class="card">
      <header class="card-head">
        <h2 class="wrap">${silo.silo}</h2>
        <div class="actions">
          <span class=${silo.draining ? 'badge is-Retrying' : 'badge is-Succeeded'}>${silo.draining ? 'Draining: takes no more jobs' : 'Takes jobs'}</span>
          ${may(who, 'Operator') && !silo.draining && html`<button type="button" class="small danger" onClick=${onDrain}>Drain…</button>`}
        </div>
      </header>
      <dl class="figures-grid wide">
        <${Figure} name="CPU" note=${`of ${many(silo.processors, 'processor')}`}>${percent(silo.cpuFraction)}<meter class="meter" min="0" max="1" high="0.85" value=${silo.cpuFraction} aria-label="CPU"></meter><//>
        <${Figure} name="Memory" note=${`${bytes(silo.gcHeapBytes)} of it objects`}>${bytes(silo.workingSetBytes)}<//>
        <${Figure} name="Standing still for GC" note=${`${count(silo.gen2Collections)} full`}>${percent(silo.gcPauseFraction)}<//>
        <${Figure} name="Up"><${Since} at=${silo.startedAt} /><//>
        <${Figure} name="Dispatchers"><span class="wrap">${silo.dispatchers?.length > 0 ? silo.dispatchers.join(', ') : 'none'}</span><//>
        <${Figure} name="Version" title=${silo.version}>${shortVersion(silo.version)}<//>
        <${Figure} name="Process"><span class="wrap">${silo.processId} on ${silo.host ?? 'an unknown machine'}</span><//>
      </dl>
      <div class="two-columns">
        <div>
          <h3>Pools</h3>
          <${Table} label=${`Pools of ${silo.silo}`} head=${['Class', 'Slots taken', { number: 'Permits' }, { number: 'Ceiling' }, { number: 'Without a lease' }]}>
            ${silo.pools.map(pool => html`<tr key=${pool.class}><td><a class="wrap" href=${classHref(pool.class)}>${pool.class}</a></td>
              <td><${Slots} running=${pool.running} permits=${pool.permits} /></td>
              <td class="number">${count(pool.permits)}</td><td class="number">${count(pool.ceiling)}</td><td class="number"><${Overstaying} of=${pool} /></td></tr>`)}
          <//>
        </div>
        <div>
          <h3>Running <span class="muted">${count(silo.running.length)}, the oldest first</span></h3>
          ${silo.running.length === 0 ? html`<p class="muted">Nothing at this moment.</p>` : html`<${Running} jobs=${silo.running} name=${silo.silo} />`}
        </div>
      </div>
    </section>`
}

/** A build names its whole commit; its first digits tell it from others. */
const shortVersion = version => version?.replace(/\+([0-9a-f]{8})[0-9a-f]+$/, '+$1') ?? 'unknown'

const Slots = ({ running, permits }) => html`
  <span class="slots"><meter class="meter" min="0" max=${Math.max(1, permits)} value=${running} aria-label=${`${running} of ${permits} slots taken`}></meter> ${count(running)}</span>`

const Running = ({ jobs, name }) => html`
  <div class="short-list">
    <${Table} label=${`Jobs that ${name} runs`} head=${['Job', 'Class', 'Tenant', { number: 'Attempt' }, { number: 'For' }]}>
      ${jobs.map(job => html`<tr key=${job.id}><td><${JobLink} id=${job.id} /></td><td><a class="wrap" href=${classHref(job.class)}>${job.class}</a></td><td><${Tenant} name=${job.tenant} /></td>
        <td class="number">${job.attempt}</td><td class="number"><${Since} at=${job.startedAt} /></td></tr>`)}
    <//>
  </div>`
