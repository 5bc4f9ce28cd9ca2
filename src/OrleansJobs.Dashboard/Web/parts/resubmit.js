// A new job made from an old one. What is hidden from the reader has to be filled in: its mark is never submitted.
import { html, useState } from '../lib/html.js'
import { post } from '../lib/api.js'
import { pretty, redactedPlaces } from '../lib/json.js'
import { go } from '../lib/router.js'
import { Ask } from './dialog.js'
import { tell } from './toasts.js'

export function Resubmit({ job, payload, onClose }) {
  const isJson = payload !== undefined || !job.payloadBase64
  const [text, setText] = useState(pretty(payload ?? 'null'))
  const fault = isJson ? faultOf(text) : null
  const act = async form => {
    const answer = await post('/jobs', bodyOf(job, form, isJson ? text : undefined))
    if (answer.status === 'UniqueKeyTaken') throw Object.assign(new Error('Another job has that unique key; nothing was submitted.'), { title: 'Taken' })
    tell(`Submitted as a new job.`)
    go(`/jobs/${answer.id}`)
  }
  return html`
    <${Ask} title="Edit and resubmit" verb="Submit a new job" act=${act} check=${() => fault} onClose=${onClose}>
      <p class="muted">A new job of <strong>${job.class}</strong> with an id of its own. This one stays as it is.</p>
      ${isJson
        ? html`<label>Payload<textarea name="payload" rows="10" spellcheck=${false} value=${text} onInput=${event => setText(event.target.value)} aria-invalid=${fault ? 'true' : 'false'} aria-describedby="payload-fault"></textarea></label>`
        : html`<p>Its payload is <code>${job.contentType}</code> and goes along as it is.</p>`}
      <p id="payload-fault" class="fault" role="status">${fault}</p>
      <div class="form-row">
        <label>Tenant<input name="tenant" defaultValue=${job.tenant} maxlength="128" placeholder="shared" autocomplete="off" /></label>
        <label>Priority<input name="priority" type="number" min="0" max="9" defaultValue=${job.priority} /></label>
        <label>Attempts<input name="maxAttempts" type="number" min="1" max="1000" defaultValue=${job.maxAttempts} /></label>
      </div>
      <div class="form-row">
        <label>Tags <span class="muted">(with commas)</span><input name="tags" defaultValue=${job.tags.join(', ')} autocomplete="off" /></label>
        <label>Unique key <span class="muted">(optional)</span><input name="uniqueKey" maxlength="256" autocomplete="off" /></label>
      </div>
    <//>`
}

function faultOf(text) {
  try {
    const hidden = redactedPlaces(text)
    return hidden.length === 0 ? null : `Hidden from you, so fill in before it can be submitted: ${hidden.join(', ')}.`
  } catch (error) {
    return `That is no JSON: ${error.message}`
  }
}

/** As text, with the payload byte for byte as it was typed. */
function bodyOf(job, form, payload) {
  const rest = {
    class: job.class,
    tenant: form.tenant,
    priority: Number(form.priority),
    maxAttempts: Number(form.maxAttempts),
    cost: job.cost,
    timeout: job.timeout,
    tags: form.tags.split(',').map(tag => tag.trim()).filter(Boolean),
    uniqueKey: form.uniqueKey || undefined,
    payloadBase64: payload === undefined ? job.payloadBase64 : undefined,
    contentType: payload === undefined ? job.contentType : undefined,
  }
  const json = JSON.stringify(rest)
  return payload === undefined ? json : `${json.slice(0, -1)},"payload":${payload}}`
}
