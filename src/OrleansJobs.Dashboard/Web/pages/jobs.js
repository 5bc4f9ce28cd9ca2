// Which jobs are there that…? And: do this to all of them.
import { html, useEffect, useState } from '../lib/html.js'
import { get, may, session } from '../lib/api.js'
import { fromQuery, isEmpty, isSet, KEYS, parseSearch, STATES, toQuery, toSearch } from '../lib/filters.js'
import { many, words } from '../lib/format.js'
import { useLoad } from '../lib/load.js'
import { go } from '../lib/router.js'
import { useStore } from '../lib/store.js'
import { BulkButtons, BulkRuns } from '../parts/bulk.js'
import { Empty, Head, Loaded, Problem } from '../parts/bits.js'
import { JobsTable } from '../parts/jobs-table.js'

const PAGE = 50
const MOST_EMPTY_PAGES = 25

export function Jobs({ query }) {
  const who = useStore(session)
  const filter = fromQuery(query)
  const key = toQuery(filter)
  const list = useJobs(filter, key)
  return html`
    <${Head} title="Jobs" lead="Newest first. Words without a key are looked for in the last error." />
    <${Search} filter=${filter} key=${key} />
    <${BulkRuns} />
    <${Loaded} from=${list} what="jobs">
      ${({ jobs, next, pages }) => html`
        <div class="list-head">
          <p role="status">${jobs.length === 0 ? 'No jobs' : `${many(jobs.length, 'job')}${next ? ', and more' : ''}`}</p>
          ${may(who, 'Operator') && html`<${BulkButtons} filter=${filter} />`}
        </div>
        ${jobs.length === 0
          ? html`<${Nothing} filter=${filter} next=${next} pages=${pages} />`
          : html`<section class="card flush"><${JobsTable} jobs=${jobs} label="Jobs that match" /></section>`}
        ${list.moreError && html`<${Problem} error=${list.moreError} />`}
        ${next && html`<button type="button" class="more" disabled=${list.busy} onClick=${list.more}>${list.busy ? 'Looking…' : jobs.length === 0 ? 'Look further back' : 'Show older ones'}</button>`}`}
    <//>`
}

/** Pages may be empty although more follow: each looks at a bounded number of rows. So it is asked on until there is something to show. */
async function read(filter, cursor, signal) {
  const jobs = []
  let next = cursor
  let pages = 0
  do {
    const page = await get(`/jobs${toQuery(filter, { cursor: next, limit: PAGE })}`, signal)
    jobs.push(...page.jobs)
    next = page.nextCursor
    pages++
  } while (jobs.length === 0 && next && pages < MOST_EMPTY_PAGES)
  return { jobs, next, pages }
}

function useJobs(filter, key) {
  const list = useLoad(signal => read(filter, undefined, signal), [key])
  const [state, setState] = useState({})
  const more = async () => {
    setState({ busy: true })
    try {
      const page = await read(filter, list.data.next)
      list.set(old => ({ ...page, jobs: [...old.jobs, ...page.jobs] }))
      setState({})
    } catch (moreError) {
      setState({ moreError })
    }
  }
  return { ...list, ...state, more }
}

const Nothing = ({ filter, next }) => (next
  ? html`<${Empty} title="Nothing found so far">The grid has looked through the newest jobs; older ones may match.<//>`
  : isEmpty(filter)
    ? html`<${Empty} title="No jobs yet">Submit one: <code>jobs submit probe '{}'</code>, or <code>POST /api/jobs</code>.<//>`
    : html`<${Empty} title="No job matches">Take something out of the search, or look at <a href="?">all jobs</a>.<//>`)

function Search({ filter }) {
  const [text, setText] = useState(toSearch(filter))
  const [faults, setFaults] = useState([])
  const classes = useLoad(signal => get('/classes', signal), [])
  useEffect(() => setText(toSearch(filter)), [toQuery(filter)])
  const show = next => go('/jobs', toQuery(next))
  const submit = event => {
    event.preventDefault()
    const found = parseSearch(text)
    setFaults(found.faults)
    if (found.id) go(`/jobs/${found.id}`)
    else if (found.faults.length === 0) show(found.filter)
  }
  const pick = name => event => show({ ...filter, [name]: event.target.value || undefined })
  const known = classes.data?.map(one => one.status?.class ?? one.class) ?? []
  return html`
    <form class="search" role="search" onSubmit=${submit}>
      <div class="search-row">
        <label class="visually-hidden" for="search">Search for jobs</label>
        <input id="search" type="search" value=${text} onInput=${event => setText(event.target.value)} autocomplete="off" spellcheck=${false} aria-describedby="search-help"
          placeholder="Job id, words of an error, or tenant:acme tag:nightly key:welcome-42" />
        <button type="submit" class="primary">Search</button>
      </div>
      <p id="search-help" class="muted"><kbd>/</kbd> to get here · keys: ${KEYS.map(key => (key === 'uniqueKey' ? 'key' : key)).join(', ')}</p>
      ${faults.map(fault => html`<p class="fault" role="alert">${fault}</p>`)}
      <div class="filters">
        <${Choice} name="Class" value=${filter.class} options=${known} onChange=${pick('class')} />
        <${Choice} name="State" value=${filter.state} options=${STATES} onChange=${pick('state')} />
        <${Field} name="Tenant" value=${filter.tenant} onChange=${pick('tenant')} />
        <${Field} name="Tag" value=${filter.tag} onChange=${pick('tag')} />
        <${Day} name="Submitted from" value=${filter.from} onPick=${from => show({ ...filter, from })} />
        <${Day} name="Submitted before" value=${filter.before} onPick=${before => show({ ...filter, before })} />
        ${KEYS.some(key => isSet(filter, key)) && html`<button type="button" class="plain" onClick=${() => show({})}>Clear all</button>`}
      </div>
    </form>`
}

const Choice = ({ name, value, options, onChange }) => html`
  <label>${name}<select value=${value ?? ''} onChange=${onChange}>
    <option value="">any</option>
    ${[...new Set([...options, ...(value ? [value] : [])])].map(one => html`<option value=${one}>${words(one)}</option>`)}
  </select></label>`

const Field = ({ name, value, onChange }) => html`<label>${name}<input value=${value ?? ''} onChange=${onChange} placeholder="any" autocomplete="off" /></label>`

/** The field has the reader's time, the API one with an offset. */
function Day({ name, value, onPick }) {
  const at = value ? new Date(value) : null
  const local = at && !Number.isNaN(at.getTime()) ? new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : ''
  return html`<label>${name}<input type="datetime-local" value=${local} onChange=${event => onPick(event.target.value ? new Date(event.target.value).toISOString() : undefined)} /></label>`
}
