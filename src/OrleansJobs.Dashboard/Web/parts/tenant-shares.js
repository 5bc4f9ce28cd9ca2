// Who gets what of a class, beside what their weight would give them.
import { html } from '../lib/html.js'
import { count, percent } from '../lib/format.js'
import { href } from '../lib/router.js'
import { toQuery } from '../lib/filters.js'
import { Table, Tenant } from './bits.js'

const WIDTH = 120

export function TenantShares({ tenants, jobClass }) {
  if (tenants.length === 0) return html`<p class="muted">No tenant has jobs waiting or started in the last 15 minutes.</p>`
  const started = tenants.reduce((total, one) => total + one.started, 0)
  const weights = tenants.reduce((total, one) => total + one.weight, 0)
  return html`
    <p class="muted">The bar is what a tenant got, the line what its weight gives it while everybody has jobs waiting. Who has none leaves its part to the others.</p>
    <${Table} label="Tenants" head=${['Tenant', { number: 'Weight' }, 'Share of starts', { number: 'Started' }, { number: 'Running' }, { number: 'Waiting' }]}>
      ${tenants.map(one => {
        const [got, due] = [started === 0 ? 0 : one.started / started, one.weight / weights]
        return html`
          <tr key=${one.tenant}>
            <td><a href=${href('/jobs', toQuery({ class: jobClass, tenant: one.tenant }))}><${Tenant} name=${one.tenant} /></a></td>
            <td class="number">${one.weight}</td>
            <td><span class="share">
              <svg width=${WIDTH} height="14" role="img" aria-label=${`${percent(got)} of the starts, ${percent(due)} by weight`}>
                <rect class="share-track" width=${WIDTH} height="8" y="3" rx="2" /><rect class="share-part" width=${(WIDTH * got).toFixed(1)} height="8" y="3" rx="2" />
                <path class="share-due" d=${`M${Math.min(WIDTH - 1, WIDTH * due).toFixed(1)} 0V14`} /></svg>
              <span class="nowrap">${percent(got)} <span class="muted">of ${percent(due)}</span></span></span></td>
            <td class="number">${count(one.started)}</td>
            <td class="number">${count(one.running)}</td>
            <td class="number">${count(one.waiting)}${one.spilled ? html`<span title="more wait in the store only">+</span>` : ''}</td>
          </tr>`
      })}
    <//>`
}
