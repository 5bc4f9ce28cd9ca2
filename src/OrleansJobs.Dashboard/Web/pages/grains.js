// What does the engine keep in memory, and where?
import { html } from '../lib/html.js'
import { get } from '../lib/api.js'
import { count } from '../lib/format.js'
import { useLoad } from '../lib/load.js'
import { Empty, Head, Loaded, Table } from '../parts/bits.js'

export function Grains() {
  const grains = useLoad(signal => get('/grains', signal), [])
  return html`
    <${Head} title="Grains" lead="Activations by kind of grain and silo, counted when the page was opened.">
      <button type="button" disabled=${grains.loading} onClick=${grains.reload}>${grains.loading ? 'Counting…' : 'Count again'}</button>
    <//>
    <${Loaded} from=${grains} what="the grains">
      ${all => (all.length === 0
        ? html`<${Empty} title="This engine has no grains">The embedded engine runs the grid in one process. On Orleans this page shows how many grains of each kind are active on each silo.<//>`
        : html`<section class="card flush"><${Matrix} grains=${all} /></section>`)}
    <//>`
}

function Matrix({ grains }) {
  const silos = [...new Set(grains.map(one => one.silo))].sort()
  const types = [...new Set(grains.map(one => one.grainType))]
  const at = new Map(grains.map(one => [`${one.grainType}\n${one.silo}`, one.activations]))
  const total = type => grains.filter(one => one.grainType === type).reduce((sum, one) => sum + one.activations, 0)
  return html`
    <${Table} label="Activations" head=${['Kind of grain', ...silos.map(silo => ({ number: silo })), { number: 'All' }]}>
      ${types.sort((left, right) => total(right) - total(left)).map(type => html`
        <tr><th scope="row" class="wrap mono">${type}</th>${silos.map(silo => html`<td class="number">${count(at.get(`${type}\n${silo}`) ?? 0)}</td>`)}<td class="number"><strong>${count(total(type))}</strong></td></tr>`)}
    <//>`
}
