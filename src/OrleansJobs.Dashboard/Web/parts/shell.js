// The frame: navigation, who is here, whether the page is live, banners, keys.
import { html, names, useEffect, useState } from '../lib/html.js'
import { signOut } from '../lib/api.js'
import { connection } from '../lib/live.js'
import { useNow } from '../lib/now.js'
import { href, place } from '../lib/router.js'
import { useStore } from '../lib/store.js'
import { theme, toggleTheme } from '../lib/theme.js'
import { Dialog } from './dialog.js'
import { Icon } from './icons.js'
import { KEYS, useKeys } from './keys.js'
import { Toasts, tell } from './toasts.js'

const LINKS = [
  { path: '/', name: 'Overview', icon: 'overview' },
  { path: '/jobs', name: 'Jobs', icon: 'jobs' },
  { path: '/dead-letters', name: 'Dead letters', icon: 'dead' },
  { path: '/results', name: 'Results', icon: 'results' },
  { path: '/silos', name: 'Silos', icon: 'silos' },
  { path: '/grains', name: 'Grains', icon: 'grains' },
  { path: '/audit', name: 'Audit', icon: 'audit' },
]

export function Shell({ who, path, children }) {
  const [open, setOpen] = useState(false)
  const [help, setHelp] = useState(false)
  useKeys(() => setHelp(true))
  useEffect(() => place.listen(() => setOpen(false)), [])
  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <div class="frame">
      <header class=${names('side', open && 'open')}>
        <a class="brand" href=${href('/')}><img src=${new URL('../icon.svg', import.meta.url).href} alt="" />OrleansJobs</a>
        <${Pulse} />
        <button type="button" class="plain menu-button" aria-expanded=${open} aria-controls="nav" onClick=${() => setOpen(!open)}><${Icon} name="menu" />Menu</button>
        <nav class="nav" id="nav" aria-label="Pages"><ul>
          ${LINKS.map(link => html`<li><a href=${href(link.path)} aria-current=${isAt(path, link.path) ? 'page' : undefined}><${Icon} name=${link.icon} />${link.name}</a></li>`)}
        </ul></nav>
        <${Foot} who=${who} onHelp=${() => setHelp(true)} />
      </header>
      <main class="main" id="main" tabindex="-1"><div class="page"><${Banner} />${children}</div></main>
    </div>
    <${Toasts} />
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}`
}

function Foot({ who, onHelp }) {
  const shade = useStore(theme)
  return html`
    <div class="side-foot">
      <div class="row"><${Pulse} /></div>
      <div class="row">
        <span class="who" title=${`${who.name} · ${who.role}`}>${who.name} · ${who.role.toLowerCase()}</span>
        ${who.by === 'Cookie' && html`<button type="button" class="plain small" onClick=${leave}>Sign out</button>`}
      </div>
      <div class="row">
        <button type="button" class="plain small" onClick=${toggleTheme}><${Icon} name=${shade === 'dark' ? 'sun' : 'moon'} />${shade === 'dark' ? 'Light' : 'Dark'}</button>
        <button type="button" class="plain small" onClick=${onHelp} aria-keyshortcuts="?"><kbd>?</kbd> Keys</button>
      </div>
    </div>`
}

const STATES = { off: 'Not live here', opening: 'Connecting…', live: 'Live', down: 'No connection' }

function Pulse() {
  const { state } = useStore(connection)
  return html`<span class=${names('pulse', state)}>${STATES[state]}</span>`
}

/** What everybody has to know whatever page they look at. */
function Banner() {
  const { state, trouble, until } = useStore(connection)
  const now = useNow()
  if (state === 'down') {
    const pause = Math.max(0, Math.ceil((until - now) / 1000))
    return html`<div class="banner" role="alert"><${Icon} name="warning" /><p><strong>${trouble?.detail ?? 'The host does not answer.'}</strong> What you see is the last that it told.</p>
      <span class="muted">${pause > 0 ? `Trying again in ${pause} s` : 'Trying again…'}</span></div>`
  }
  return trouble && html`<div class="banner" role="alert"><${Icon} name="warning" /><p><strong>The grid does not answer:</strong> ${trouble.detail}</p>
    <span class="muted">The host goes on asking</span></div>`
}

const Help = ({ onClose }) => html`
  <${Dialog} title="Keys" onClose=${onClose}>
    <dl class="keys">${KEYS.map(({ keys, does }) => html`<div><dt>${keys.map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`)}</dl>
    <div class="form-actions"><button type="button" onClick=${onClose}>Close</button></div>
  <//>`

const isAt = (path, link) => (link === '/' ? path === '/' || path.startsWith('/classes/') : path === link || path.startsWith(`${link}/`))

function skip(event) {
  event.preventDefault()
  document.getElementById('main').focus()
}

async function leave() {
  try {
    await signOut()
  } catch (error) {
    tell(error.message, 'bad')
  }
}
