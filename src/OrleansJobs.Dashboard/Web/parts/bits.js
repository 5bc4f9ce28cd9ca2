// The small parts that every page has.
import { html, names, useLayoutEffect, useRef, useState } from '../lib/html.js'
import { ago, duration, exact, words } from '../lib/format.js'
import { useNow } from '../lib/now.js'
import { jobHref } from '../lib/router.js'

/** A time as seen from now; its title has it exactly. */
export function Ago({ at }) {
  const now = useNow()
  if (!at) return '–'
  const then = Date.parse(at)
  return html`<time datetime=${at} title=${exact(then)}>${ago(then, now)}</time>`
}

/** How long something has gone on. */
export function Since({ at }) {
  const now = useNow()
  return html`<time datetime=${at} title=${`since ${exact(Date.parse(at))}`}>${duration(Math.max(0, Math.round((now - Date.parse(at)) / 1000)))}</time>`
}

const MARKS = { Scheduled: '◷', Queued: '≡', Running: '▶', Retrying: '↻', Succeeded: '✓', DeadLettered: '✕', Cancelled: '⊘', Failed: '✕', Lost: '⚡', Released: '↩', Snoozed: '◷' }

/** A state or an outcome: a mark, a word and a colour. */
export const State = ({ is }) => html`<span class=${`badge is-${is}`}><span aria-hidden="true">${MARKS[is] ?? '·'}</span> ${words(is)}</span>`

export const Tenant = ({ name }) => (name ? html`<span class="wrap">${name}</span>` : html`<span class="muted">shared</span>`)

export const JobLink = ({ id }) => html`<a class="mono nowrap" href=${jobHref(id)} title=${id}>${`${id.slice(0, 8)}…${id.slice(-6)}`}</a>`

/** Nothing to show, and what to do about it. */
export const Empty = ({ title, children }) => html`<div class="empty"><h2>${title}</h2><p>${children}</p></div>`

export const Loading = ({ what }) => html`<p class="loading" role="status">Loading ${what}…</p>`

const ADVICE = {
  unreachable: 'Is the host still running? This page tries again by itself.',
  'grid-unavailable': 'The host answers, but its grid or store does not. This page tries again by itself; the host’s log says more.',
  'job-not-found': 'Somebody may have deleted it, or it left the grid when its class’s retention was over. Look for it among the jobs.',
  'unknown-job-class': 'No silo has registered a class of this name. The overview shows those that there are.',
  'too-many-keys': 'Wait for a minute, then try again.',
  forbidden: 'Somebody with that role can do it, or give you a key with it.',
  'not-found': 'This host is older than the page: it does not have that part of the API.',
}

/** An error: what went wrong, and what to do about it. */
export const Problem = ({ error, retry }) => html`
  <div class="problem" role="alert">
    <h2>${error.title || 'That did not work'}</h2>
    <p>${error.message}</p>
    ${error.faults?.length > 1 && html`<ul class="bullets">${error.faults.map(fault => html`<li>${fault}</li>`)}</ul>`}
    ${ADVICE[error.code] && html`<p class="muted">${ADVICE[error.code]}</p>`}
    ${retry && html`<button type="button" onClick=${retry}>Try again now</button>`}
  </div>`

/** Data, or why there is none yet. */
export function Loaded({ from, what, title, children }) {
  if (from.data === undefined) {
    return html`${title && html`<${Head} title=${title} />`}${from.error ? html`<${Problem} error=${from.error} retry=${from.reload} />` : html`<${Loading} what=${what} />`}`
  }
  return html`${from.error && html`<${Problem} error=${from.error} retry=${from.reload} />`}${children(from.data)}`
}

export function Copy({ text, what }) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard?.writeText(text)
    setDone(true)
  }
  return html`<button type="button" class="plain small" onClick=${copy} onBlur=${() => setDone(false)}
    aria-label=${`Copy ${what}`}><span role="status">${done ? 'Copied' : 'Copy'}</span></button>`
}

/** Whether the focus goes to a page's name: from the second page on. On the first one the browser has it. */
export const focus = { follows: false }

/** The head of a page: its name, which gets the focus when the page is gone to, and what can be done on it. */
export function Head({ title, crumb, lead, children }) {
  const name = useRef(null)
  useLayoutEffect(() => {
    const isNowhere = document.activeElement === null || document.activeElement === document.body
    if (focus.follows && isNowhere) name.current.focus()
  }, [])
  return html`
    <header class="page-head">
      <div>
        ${crumb && html`<p class="crumb">${crumb}</p>`}
        <h1 ref=${name} tabindex="-1" class="wrap">${title}</h1>
      </div>
      ${children && html`<div class="actions">${children}</div>`}
      ${lead && html`<p class="lead">${lead}</p>`}
    </header>`
}

export const Card = ({ title, aside, children, kind }) => html`
  <section class=${names('card', kind)}>
    ${title && html`<header class="card-head"><h2>${title}</h2>${aside && html`<div class="muted">${aside}</div>`}</header>`}
    ${children}
  </section>`

/** A table that scrolls by itself where it is too wide; by keyboard, too. */
export const Table = ({ label, head, children }) => html`
  <div class="table" role="region" aria-label=${label} tabindex="0">
    <table>
      <caption class="visually-hidden">${label}</caption>
      <thead><tr>${head.map(name => (typeof name === 'string' ? html`<th scope="col">${name}</th>` : html`<th scope="col" class="number">${name.number}</th>`))}</tr></thead>
      <tbody>${children}</tbody>
    </table>
  </div>`

/** A figure with its name. */
export const Figure = ({ name, children, note, title }) => html`
  <div class="figure" title=${title}><dt>${name}</dt><dd>${children}${note && html` <small class="muted">${note}</small>`}</dd></div>`
