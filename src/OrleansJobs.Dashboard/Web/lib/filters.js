// What is searched for: between the address, the search box, the API and words. Pure.

export const KEYS = ['class', 'state', 'tenant', 'tag', 'uniqueKey', 'error', 'from', 'before']
export const STATES = ['Scheduled', 'Queued', 'Running', 'Retrying', 'Succeeded', 'DeadLettered', 'Cancelled']

const ALIASES = { key: 'uniqueKey', uniquekey: 'uniqueKey', since: 'from', until: 'before' }
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

export const isJobId = text => UUID.test(text.trim())

/** The filter in an address's query; keys that are none are left out. */
export function fromQuery(query) {
  const parameters = new URLSearchParams(query)
  return Object.fromEntries(KEYS.filter(key => parameters.get(key) != null && (parameters.get(key) !== '' || key === 'tenant'))
    .map(key => [key, parameters.get(key)]))
}

/** A filter as a query, in one order whatever order it was made in. */
export function toQuery(filter, more = {}) {
  const parameters = new URLSearchParams()
  for (const key of KEYS) if (isSet(filter, key)) parameters.set(key, filter[key])
  for (const [key, value] of Object.entries(more)) if (value != null && value !== '') parameters.set(key, value)
  const text = parameters.toString()
  return text ? `?${text}` : ''
}

/**
 * What was typed into the search box: `state:queued tenant:acme "two words"`. A lone job id is `id`; words without a key are looked for in
 * errors. What cannot be understood is in `faults`.
 */
export function parseSearch(text) {
  if (isJobId(text)) return { id: text.trim(), filter: {}, faults: [] }
  const filter = {}
  const faults = []
  const plain = []
  for (const part of text.match(/(?:[^\s"]|"[^"]*")+/g) ?? []) {
    const colon = part.indexOf(':')
    const name = colon > 0 ? part.slice(0, colon).toLowerCase() : ''
    const key = ALIASES[name] ?? KEYS.find(known => known.toLowerCase() === name)
    const value = part.slice(key ? colon + 1 : 0).replaceAll('"', '')
    if (!key) plain.push(value)
    else if (key === 'state') readState(value, filter, faults)
    else if (value !== '' || key === 'tenant') filter[key] = value
  }
  if (plain.length > 0) filter.error = [filter.error, ...plain].filter(Boolean).join(' ')
  if (filter.error && filter.error.length < 3) faults.push('Text of an error needs at least 3 characters.')
  return { filter, faults }
}

/** A filter as it would be typed into the search box. */
export function toSearch(filter) {
  const quote = value => (/[\s"]/.test(value) || value === '' ? `"${value}"` : value)
  return KEYS.filter(key => isSet(filter, key)).map(key => `${key === 'uniqueKey' ? 'key' : key}:${quote(filter[key])}`).join(' ')
}

const PHRASES = {
  class: value => `of the class “${value}”`,
  state: value => `in the state ${value}`,
  tenant: value => (value === '' ? 'of the shared tenant' : `of the tenant “${value}”`),
  tag: value => `with the tag “${value}”`,
  uniqueKey: value => `with the unique key “${value}”`,
  error: value => `whose last error has “${value}”`,
  from: value => `submitted since ${value}`,
  before: value => `submitted before ${value}`,
}

/** A filter in words, for whoever has to confirm that they mean it. */
export function describe(filter) {
  const parts = KEYS.filter(key => isSet(filter, key)).map(key => PHRASES[key](filter[key]))
  return parts.length === 0 ? 'all jobs of all classes' : `jobs ${parts.join(', ')}`
}

export const isEmpty = filter => KEYS.every(key => !isSet(filter, key))

/** The tenant may be the shared one, whose name is empty. */
export const isSet = (filter, key) => filter[key] != null && (filter[key] !== '' || key === 'tenant')

function readState(value, filter, faults) {
  const state = STATES.find(known => known.toLowerCase() === value.toLowerCase().replaceAll('-', ''))
  if (state) filter.state = state
  else faults.push(`There is no state “${value}”; there are ${STATES.join(', ')}.`)
}
