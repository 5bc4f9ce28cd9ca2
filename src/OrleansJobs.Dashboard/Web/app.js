// The dashboard: which page is shown, and the frame around it.
import { html, render, useLayoutEffect, useRef } from './lib/html.js'
import { loadSession, session } from './lib/api.js'
import { place, startRouter, valueUnder } from './lib/router.js'
import { createStore, useStore } from './lib/store.js'
import { backoff } from './lib/backoff.js'
import { Empty, focus, Problem } from './parts/bits.js'
import { Shell } from './parts/shell.js'
import { Audit } from './pages/audit.js'
import { ClassPage } from './pages/class.js'
import { DeadLetters } from './pages/dead-letters.js'
import { Grains } from './pages/grains.js'
import { JobPage } from './pages/job.js'
import { Jobs } from './pages/jobs.js'
import { Overview } from './pages/overview.js'
import { Results } from './pages/results.js'
import { SignIn } from './pages/signin.js'
import { Silos } from './pages/silos.js'

const PAGES = [
  { path: '/', title: () => 'Overview', page: () => html`<${Overview} />` },
  { under: '/classes/', title: name => name, page: (name, query) => html`<${ClassPage} key=${name} name=${name} query=${query} />` },
  { path: '/jobs', title: () => 'Jobs', page: (_, query) => html`<${Jobs} query=${query} />` },
  { under: '/jobs/', title: id => `Job ${id.slice(0, 8)}`, page: id => html`<${JobPage} key=${id} id=${id} />` },
  { path: '/silos', title: () => 'Silos', page: () => html`<${Silos} />` },
  { path: '/grains', title: () => 'Grains', page: () => html`<${Grains} />` },
  { path: '/dead-letters', title: () => 'Dead letters', page: (_, query) => html`<${DeadLetters} query=${query} />` },
  { path: '/results', title: () => 'Results', page: (_, query) => html`<${Results} query=${query} />` },
  { path: '/audit', title: () => 'Audit', page: (_, query) => html`<${Audit} query=${query} />` },
]

const startError = createStore(null)

function App() {
  const who = useStore(session)
  const error = useStore(startError)
  const { path, query } = useStore(place)
  const { title, view } = find(path, query)
  const shown = useRef(null)

  // The page that is entered by leaves the focus to the browser; from then on it goes where the reader does.
  useLayoutEffect(() => {
    if (who === null) return
    document.title = who.role ? `${title} · OrleansJobs` : 'Sign in · OrleansJobs'
    if (shown.current !== null) {
      focus.follows = true
      scrollTo(0, 0)
      document.querySelector('#main h1')?.focus()
    }
    shown.current = path
  }, [path, who?.role])

  if (who === null) return error ? html`<main class="boot"><${Problem} error=${error} retry=${start} /></main>` : html`<p class="boot" role="status">Loading the dashboard…</p>`
  if (!who.role) return html`<${SignIn} />`
  return html`<${Shell} who=${who} path=${path}>${view}<//>`
}

function find(path, query) {
  for (const { path: exact, under, title, page } of PAGES) {
    if (exact === path) return { title: title(), view: page(null, query) }
    const value = under && valueUnder(path, under)
    if (value) return { title: title(value), view: page(value, query) }
  }
  return { title: 'No such page', view: html`<h1 tabindex="-1">No such page</h1><${Empty} title="There is nothing here">Use the navigation, or <kbd>/</kbd> to search for a job.<//>` }
}

let failures = 0

async function start() {
  try {
    await loadSession()
    if (session.get() === null) session.set({ role: null })
  } catch (error) {
    startError.set(error)
    if (error.isPassing) setTimeout(start, backoff(++failures))
  }
}

startRouter()
render(html`<${App} />`, document.getElementById('app'))
start()
