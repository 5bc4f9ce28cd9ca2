// Payloads and results, indented. Everything in them is text.
import { html, useMemo } from '../lib/html.js'
import { bytes } from '../lib/format.js'
import { prettyPieces } from '../lib/json.js'

const MOST_COLOURED = 100_000

/** @param text JSON as it was submitted */
export function JsonView({ text, label }) {
  const pieces = useMemo(() => (text.length <= MOST_COLOURED ? prettyPieces(text) : null), [text])
  return html`<pre class="code" tabindex="0" role="region" aria-label=${label}>${pieces
    ? pieces.map(piece => (piece.kind === 'mark' ? piece.text : html`<span class=${`json-${piece.kind}`}>${piece.text}</span>`))
    : text}</pre>`
}

/** Bytes that are no JSON: what they are, and a way to have them. */
export const BytesView = ({ base64, type }) => html`
  <p class="muted">${bytes(Math.floor(base64.replace(/=+$/, '').length * 0.75))} of <code>${type}</code>, shown in base64:</p>
  <pre class="code" tabindex="0" role="region" aria-label="Bytes in base64">${base64}</pre>`
