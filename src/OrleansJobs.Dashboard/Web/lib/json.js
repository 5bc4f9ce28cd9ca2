// JSON as text. Payloads are never parsed into numbers and written again: that would change large ones. Pure.

export const REDACTED = '[redacted]'

const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gy

/** Cuts JSON into its tokens, without white space; null if it is none. */
export function tokens(text) {
  const found = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (!match) return null
    if (!/^\s/.test(match[0])) found.push(match[0])
  }
  return found
}

/** The text of a property of an object, byte for byte; undefined if it is not there. */
export function rawProperty(text, name) {
  const label = JSON.stringify(name)
  let depth = 0
  let start = -1
  let last = ''
  let wanted = false
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const token = match[0]
    if (/^\s/.test(token)) continue
    if (wanted && start < 0) start = match.index
    if (start >= 0 && depth === 1 && (token === ',' || token === '}')) return text.slice(start, match.index).trim()
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (token === ':' && depth === 1 && last === label && start < 0) wanted = true
    last = token
  }
  return undefined
}

/** JSON, indented, as lines of pieces: `[{ kind, text }]` with the kinds key, string, number, word and mark. Null if it is no JSON. */
export function prettyPieces(text) {
  const all = tokens(text)
  if (!all) return null
  const pieces = []
  let indent = 0
  const add = (kind, piece) => pieces.push({ kind, text: piece })
  const line = () => add('mark', `\n${'  '.repeat(indent)}`)
  all.forEach((token, index) => {
    const next = all[index + 1]
    if (token === '{' || token === '[') {
      add('mark', token)
      indent++
      if (next !== '}' && next !== ']') line()
    } else if (token === '}' || token === ']') {
      indent = Math.max(0, indent - 1)
      if (all[index - 1] !== '{' && all[index - 1] !== '[') line()
      add('mark', token)
    } else if (token === ',') {
      add('mark', token)
      line()
    } else if (token === ':') {
      add('mark', ': ')
    } else {
      add(kindOf(token, next), token)
    }
  })
  return pieces
}

/** JSON, indented; as it is if it is none. */
export const pretty = text => prettyPieces(text)?.map(piece => piece.text).join('') ?? text

/** The places that hold nothing but the mark of a hidden value, such as `$.card.number`; the place of the whole is `$`. */
export function redactedPlaces(text) {
  const places = []
  const walk = (value, place) => {
    if (value === REDACTED) places.push(place)
    else if (Array.isArray(value)) value.forEach((one, index) => walk(one, `${place}[${index}]`))
    else if (value && typeof value === 'object') Object.entries(value).forEach(([key, one]) => walk(one, `${place}.${key}`))
  }
  walk(JSON.parse(text), '$')
  return places
}

function kindOf(token, next) {
  if (token[0] === '"') return next === ':' ? 'key' : 'string'
  return /^-?\d/.test(token) ? 'number' : 'word'
}
