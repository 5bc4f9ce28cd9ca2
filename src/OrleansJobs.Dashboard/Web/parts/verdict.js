// Where the bottleneck of a class is: the words, the figures that show it, and what could be done.
import { html } from '../lib/html.js'
import { duration, rate, seconds } from '../lib/format.js'
import { classHref } from '../lib/router.js'
import { Icon } from './icons.js'

const KINDS = {
  KeepsUp: { name: 'Keeps up', tone: 'ok' },
  PoolLimited: { name: 'Pool-limited', tone: 'warn', next: 'More slots help: raise the permits, or add a silo.' },
  RateLimited: { name: 'Rate-limited', tone: 'info', next: 'More slots do not help: only a higher rate does, if what is called allows it.' },
  TenantCapped: { name: 'Tenant-capped', tone: 'tint', next: 'Slots stay free by your own rule: raise the limit for each tenant if they may be used.' },
  DownstreamSlows: { name: 'Downstream slows', tone: 'bad', next: 'Fewer slots would do as much: look at what the jobs call.' },
  Paused: { name: 'Paused', tone: 'idle', next: 'Nothing starts until the class is resumed.' },
  NoSilo: { name: 'No silo', tone: 'bad', next: 'Start a silo that has this class, or give it permits.' },
}

/** For these it is worth saying; for a paused class, or one without a silo, it goes without. */
const GROWING = ['PoolLimited', 'RateLimited', 'TenantCapped', 'DownstreamSlows']

export const verdictName = kind => KINDS[kind]?.name ?? kind

export const verdictTone = kind => KINDS[kind]?.tone ?? 'idle'

export const VerdictBadge = ({ kind }) => html`
  <span class=${`verdict-badge tone-${verdictTone(kind)}`}><${Icon} name=${kind} size=${15} />${verdictName(kind)}</span>`

/** The verdict in full. */
export function Verdict({ verdict, status, canChange, isOpen = false }) {
  const estimates = estimatesOf(verdict, status)
  const next = KINDS[verdict.kind]?.next
  return html`
    <div class=${`verdict tone-${verdictTone(verdict.kind)}`}>
      <p class="verdict-summary">${verdict.summary}</p>
      ${estimates.length > 0 && html`<ul class="estimates">${estimates.map(one => html`<li><strong>${one.figure}</strong> ${one.text}</li>`)}</ul>`}
      <details open=${isOpen}>
        <summary>What shows it</summary>
        <ul class="bullets">${verdict.evidence.map(line => html`<li>${line}</li>`)}</ul>
        ${next && html`<p class="next">${next}${canChange && verdict.kind !== 'NoSilo' && html` <a href=${`${classHref(status.class)}?steer`}>Change it</a>`}</p>`}
      </details>
    </div>`
}

function estimatesOf(verdict, status) {
  const all = []
  if (verdict.drainTime) all.push({ figure: duration(seconds(verdict.drainTime)), text: 'until the backlog is worked off, at this rate' })
  else if (status.counts.queued > 0 && GROWING.includes(verdict.kind)) all.push({ figure: 'Not shrinking:', text: 'at this rate the backlog is never worked off' })
  if (verdict.gainOfOneMorePermit > 0.001) all.push({ figure: `+${rate(verdict.gainOfOneMorePermit)}`, text: 'with one more slot' })
  return all
}
