// Calls of the grid's HTTP API.
import { createStore } from './store.js'

const config = document.documentElement.dataset
const SAFE = 'GET'

/** Who uses the page: null until that is known; `{ role: null }` for nobody. */
export const session = createStore(null)

const ROLES = ['Viewer', 'Operator', 'Admin']

/** Whether whoever uses the page has this role or a higher one. */
export const may = (who, role) => ROLES.indexOf(who?.role) >= ROLES.indexOf(role)

/** An answer that is an error, or no answer at all (`status` 0). */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || 'The call failed.')
    this.status = status
    this.code = problem.code ?? ''
    this.title = problem.title ?? ''
    this.faults = problem.faults ?? []
    this.retryAfter = problem.retryAfter
  }

  /** Whether asking again later may help. */
  get isPassing() {
    return this.status === 0 || this.status === 503 || this.status === 429
  }
}

export const get = (path, signal) => call(SAFE, path, undefined, signal)
export const post = (path, body) => call('POST', path, body)
export const patch = (path, body) => call('PATCH', path, body)
export const remove = path => call('DELETE', path)

/** The same as text, for answers whose numbers have to stay as they are. */
export const getText = async (path, signal) => (await send(SAFE, config.api + path, undefined, signal)).text()

/** Asks who uses the page. A host that nobody has to sign in to says so, too. */
export async function loadSession() {
  try {
    session.set(await (await send(SAFE, `${config.api}/session`)).json())
  } catch (error) {
    if (error.status !== 401) throw error
  }
}

export async function signIn(key) {
  await send('POST', `${config.api}/signin`, { key })
  await loadSession()
}

export async function signOut() {
  await withToken(() => send('POST', `${config.api}/signout`))
  session.set({ role: null })
}

async function call(method, path, body, signal) {
  const answer = method === SAFE
    ? await send(method, config.api + path, body, signal)
    : await withToken(() => send(method, config.api + path, body, signal))
  return answer.status === 204 ? null : answer.json()
}

/** A token may have been made for a sign-in that has changed since: one new one is asked for. */
async function withToken(action) {
  try {
    return await action()
  } catch (error) {
    if (error.code !== 'csrf') throw error
    await loadSession()
    return action()
  }
}

async function send(method, url, body, signal) {
  const headers = { Accept: 'application/json' }
  const csrf = session.get()?.csrf
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== SAFE && csrf) headers[csrf.header] = csrf.token
  let answer
  try {
    answer = await fetch(url, { method, headers, signal, cache: 'no-store', body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body) })
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new ApiError(0, { code: 'unreachable', title: 'No answer', detail: 'The host of the dashboard does not answer.' })
  }
  if (answer.ok) return answer
  const problem = await answer.json().catch(() => ({ title: `HTTP ${answer.status}`, detail: `The host answered ${answer.status}.` }))
  if (answer.status === 401) session.set({ role: null })
  throw new ApiError(answer.status, { ...problem, retryAfter: Number(answer.headers.get('Retry-After')) || undefined })
}
