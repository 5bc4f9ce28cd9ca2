// What the attempts wrote to their logger.
import { html, useEffect, useRef, useState } from '../lib/html.js'
import { get } from '../lib/api.js'
import { clock, exact, many } from '../lib/format.js'
import { Card, Problem } from './bits.js'

const PAGE = 500
const WARN = ['Warning', 'Error', 'Critical']

/** @param end the sequence of the last line, as it was pushed; lines up to it are read when it rises */
export function JobLog({ id, end, version }) {
  const [state, setState] = useState({ lines: [], next: 0, isRead: false })
  const latest = useRef(state)
  latest.current = state

  useEffect(() => {
    const abort = new AbortController()
    const read = async () => {
      try {
        const { next, lines: before } = latest.current
        const page = await get(`/jobs/${encodeURIComponent(id)}/log?after=${next}&limit=${PAGE}`, abort.signal)
        setState({ lines: [...before, ...page.lines], next: page.next ?? next, isRead: true, isFull: page.lines.length === PAGE })
      } catch (error) {
        if (error.name !== 'AbortError') setState(old => ({ ...old, error }))
      }
    }
    read()
    return () => abort.abort()
  }, [id, end, version])

  const { lines, isRead, error } = state
  return html`
    <${Card} title="Log" aside=${isRead && many(lines.length, 'line')}>
      ${error ? html`<${Problem} error=${error} />`
        : lines.length === 0 ? html`<p class="muted">${isRead ? 'Its attempts have written nothing to their context’s logger.' : 'Loading…'}</p>`
        : html`<div class="log" tabindex="0" role="region" aria-label="Lines of the attempts"><ol>${lines.map((line, index) => html`
            ${line.attempt !== lines[index - 1]?.attempt && html`<li class="log-attempt">Attempt ${line.attempt}</li>`}
            <li key=${line.sequence} class=${WARN.includes(line.level) ? `level-${line.level}` : ''}>
              <time datetime=${line.at} title=${exact(Date.parse(line.at))}>${clock(Date.parse(line.at))}</time>
              <span class="log-level">${line.level}</span><span class="log-text">${line.text}</span></li>`)}</ol></div>`}
    <//>`
}
